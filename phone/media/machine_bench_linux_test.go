package media_test

import (
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

// BenchmarkTwentyMachines has 20 callers leave messages at once, and takes the share of a core that goes into it, the
// ends of the callers included, and the memory that is in use then.
func BenchmarkTwentyMachines(b *testing.B) {
	cfg, _, _ := withMachines(b, media.Config{})
	engine := newEngine(b, cfg)
	before := inUse()
	var servers []*end
	for i := range 20 {
		caller, server := &end{t: b}, &end{t: b}
		for _, e := range []*end{caller, server} {
			e.events = phone.NewMailbox[phone.MediaEvent]()
			e.session = engine.Join(phone.MediaSpec{LocalIP: "127.0.0.1"}, &parrot{last: long.Data[:960]}, func(ev phone.MediaEvent) { e.events.Put(ev) })
		}
		server.session.Machine(phone.MachineSpec{MaxLength: time.Minute, Message: message(i)})
		connect(caller, server)
		server.session.Greet()
		servers = append(servers, server)
	}
	for _, server := range servers {
		server.untilPhase(phone.MachineRecords)
	}
	began, spent := time.Now(), processor(b)
	servers[19].untilLength(5 * time.Second)
	took := time.Since(began)
	b.ReportMetric(100*(processor(b)-spent).Seconds()/took.Seconds(), "%core")
	b.ReportMetric(float64(inUse()-before)/(1<<20), "MB")
}

// inUse is how much memory is.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

// processor is the time of it that was spent so far.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
