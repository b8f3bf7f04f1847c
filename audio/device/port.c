// What runs on a device's thread. It takes no lock, allocates nothing and calls
// nothing that could wait; above all it does not enter Go, where it would wait for
// the garbage collector at times, and where each of its turns keeps the runtime's
// monitor thread awake (6 % of a core in a call, against 0.1 %).

#include "port.h"

#include <string.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <time.h>
#endif

typedef void (*data_proc)(void *device, void *output, const void *input, uint32_t frames);

// The head of miniaudio's struct ma_device. malgo has no way to set a callback of
// one's own in it; port_join finds out whether this still fits.
struct head {
	void *context;
	int type;
	uint32_t rate;
	int state;
	data_proc on_data;
	void *on_notification;
	void *on_stop;
	void *user;
};

#ifdef _WIN32
int64_t port_now(void)
{
	LARGE_INTEGER second, now;

	QueryPerformanceFrequency(&second);
	QueryPerformanceCounter(&now);
	return now.QuadPart / second.QuadPart * INT64_C(1000000000) +
	       now.QuadPart % second.QuadPart * INT64_C(1000000000) / second.QuadPart;
}
#else
int64_t port_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}
#endif

static void turn(struct port *p, uint32_t frames)
{
	if (p->turns > 0 && frames > p->most)
		__atomic_store_n(&p->most, frames, __ATOMIC_RELAXED);
	__atomic_store_n(&p->last, port_now(), __ATOMIC_RELAXED);
	__atomic_fetch_add(&p->turns, 1, __ATOMIC_RELEASE);
}

// heard takes what a microphone gives; what there is no room for is dropped.
static void heard(void *device, void *output, const void *input, uint32_t frames)
{
	struct port *p = ((struct head *)device)->user;
	uint64_t at = __atomic_load_n(&p->write, __ATOMIC_RELAXED);
	uint64_t room = PORT_DEPTH - (at - __atomic_load_n(&p->read, __ATOMIC_ACQUIRE));
	uint64_t n = frames < room ? frames : room;
	uint64_t start = at % PORT_DEPTH;
	uint64_t first = n < PORT_DEPTH - start ? n : PORT_DEPTH - start;
	const int16_t *in = input;

	(void)output;
	memcpy(p->samples + start, in, first * sizeof *in);
	memcpy(p->samples, in + first, (n - first) * sizeof *in);
	__atomic_store_n(&p->write, at + n, __ATOMIC_RELEASE);
	turn(p, frames);
}

// played gives a loudspeaker what is there, and silence for the rest.
static void played(void *device, void *output, const void *input, uint32_t frames)
{
	struct port *p = ((struct head *)device)->user;
	uint64_t at = __atomic_load_n(&p->read, __ATOMIC_RELAXED);
	uint64_t ready = __atomic_load_n(&p->write, __ATOMIC_ACQUIRE) - at;
	uint64_t n = frames < ready ? frames : ready;
	uint64_t start = at % PORT_DEPTH;
	uint64_t first = n < PORT_DEPTH - start ? n : PORT_DEPTH - start;
	int16_t *out = output;

	(void)input;
	memcpy(out, p->samples + start, first * sizeof *out);
	memcpy(out + first, p->samples, (n - first) * sizeof *out);
	memset(out + n, 0, (frames - n) * sizeof *out);
	__atomic_store_n(&p->read, at + n, __ATOMIC_RELEASE);
	__atomic_fetch_add(&p->missed, frames - n, __ATOMIC_RELAXED);
	turn(p, frames);
}

int port_join(void *device, struct port *p, int playback)
{
	struct head *h = device;

	if (h->user != p)
		return 0;
	h->on_data = playback ? played : heard;
	return 1;
}
