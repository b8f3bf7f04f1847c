package blacklist_test

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
	"weak"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/blacklist"
)

var now = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

func rule(row int64, kind phone.EntryKind, mode phone.Mode, numbers ...string) phone.Rule {
	return phone.Rule{Row: row, Kind: kind, Mode: mode, Numbers: numbers}
}

func TestMatch(t *testing.T) {
	const jo, ana = "+442079460018", "+442079460021"
	number, contact, prefix := phone.KindNumber, phone.KindContact, phone.KindPrefix
	all, voicemail, through := phone.BlockAll, phone.AllowVoicemails, phone.LetThrough
	for _, tt := range []struct {
		name    string
		rules   []phone.Rule
		numbers []string
		row     int64 // 0 for none
	}{
		{"empty", nil, []string{jo}, 0},
		{"the number", []phone.Rule{rule(1, number, all, jo)}, []string{jo}, 1},
		{"another number", []phone.Rule{rule(1, number, all, jo)}, []string{ana}, 0},
		{"without + is another", []phone.Rule{rule(1, number, all, jo)}, []string{jo[1:]}, 0},
		{"zeros count", []phone.Rule{rule(1, number, all, "0012")}, []string{"12"}, 0},
		{"no number at all", []phone.Rule{rule(1, number, all, "0"), rule(2, prefix, all, "0")}, []string{""}, 0},
		{"an address", []phone.Rule{rule(1, number, all, "bob@evil.example")}, []string{"bob", "bob@evil.example"}, 1},
		{"a code", []phone.Rule{rule(1, number, all, "*62#")}, []string{"*62#"}, 1},
		{"a long one", []phone.Rule{rule(1, number, all, "12345678901234567890")}, []string{"12345678901234567890"}, 1},
		{"fifteen digits", []phone.Rule{rule(1, number, all, "+999999999999999")}, []string{"+999999999999999"}, 1},
		{"any of a contact's", []phone.Rule{rule(1, contact, all, jo, ana)}, []string{ana}, 1},
		{"its own entry before the contact's", []phone.Rule{rule(1, contact, all, jo, ana), rule(2, number, voicemail, ana)}, []string{ana}, 2},
		{"of two contacts the stricter", []phone.Rule{rule(1, contact, voicemail, jo), rule(2, contact, all, jo)}, []string{jo}, 2},
		{"the longest prefix", []phone.Rule{rule(1, prefix, all, "+44"), rule(2, prefix, voicemail, "+4420")}, []string{jo}, 2},
		{"a prefix that is the whole number", []phone.Rule{rule(1, prefix, all, jo)}, []string{jo}, 1},
		{"a prefix of extensions", []phone.Rule{rule(1, prefix, all, "44")}, []string{jo}, 0},
		{"let through before a prefix", []phone.Rule{rule(1, prefix, all, "+44"), rule(2, number, through, jo)}, []string{jo}, 2},
		{"all contacts before a prefix", []phone.Rule{rule(1, prefix, all, "+44"), rule(2, phone.KindContacts, through)}, []string{jo}, 2},
		{"who is no contact", []phone.Rule{rule(1, prefix, all, "+44"), rule(2, phone.KindContacts, through)}, []string{ana}, 1},
		{"a blocked number before all that lets through", []phone.Rule{
			rule(1, number, all, jo), rule(2, phone.KindContacts, through), rule(3, number, through, "jo@pbx.example"),
		}, []string{"jo@pbx.example", jo}, 1},
		{"a blocked contact before all that lets through", []phone.Rule{rule(1, contact, all, jo), rule(2, number, through, jo)}, []string{jo}, 1},
		{"replaced", []phone.Rule{rule(1, number, all, jo), rule(1, number, all, ana)}, []string{jo}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list := blacklist.New()
			list.SetContacts(func(n string) bool { return n == jo })
			for _, r := range tt.rules {
				list.Put(r)
			}
			m, ok := list.Match(tt.numbers, now)
			require.Equal(t, tt.row != 0, ok)
			require.Equal(t, tt.row, m.Row)
			if ok {
				require.Contains(t, tt.numbers, m.Number)
			}
		})
	}
}

func TestHidden(t *testing.T) {
	list := blacklist.New()
	_, ok := list.Hidden(now)
	require.False(t, ok)
	r := rule(1, phone.KindHidden, phone.AllowVoicemails)
	r.Expires = now.Add(time.Minute)
	list.Put(r)
	m, ok := list.Hidden(now)
	require.True(t, ok)
	require.Equal(t, phone.Match{Row: 1, Kind: phone.KindHidden, Mode: phone.AllowVoicemails}, m)
	_, ok = list.Hidden(now.Add(time.Minute))
	require.False(t, ok, "it has expired")
	list.Drop(1)
	_, ok = list.Hidden(now)
	require.False(t, ok)
}

func TestLoadIsAllOrNothing(t *testing.T) {
	list := blacklist.New()
	list.Put(rule(1, phone.KindNumber, phone.BlockAll, "1"))
	broken := errors.New("the disk is gone")
	require.ErrorIs(t, list.Load(func(yield func(phone.Rule) error) error {
		return errors.Join(yield(rule(2, phone.KindNumber, phone.BlockAll, "2")), broken)
	}), broken)
	_, one := list.Match([]string{"1"}, now)
	_, two := list.Match([]string{"2"}, now)
	require.Equal(t, []bool{true, false}, []bool{one, two}, "what was loaded holds")
}

func TestToDropARowThatCannotBeChangesNothing(t *testing.T) {
	list := blacklist.New()
	for n := range int64(200) {
		list.Put(rule(n+1, phone.KindNumber, phone.BlockAll, fmt.Sprint("+1", n)))
		list.Drop(0)
		list.Drop(0, -1, 1000, 1<<32+1)
	}
	for n := range int64(200) {
		m, _ := list.Match([]string{fmt.Sprint("+1", n)}, now)
		require.Equal(t, n+1, m.Row)
	}
}

func TestWhoIsLetThroughMayBeAskedTheList(t *testing.T) {
	list := blacklist.New()
	list.Put(rule(1, phone.KindContacts, phone.LetThrough))
	list.SetContacts(func(string) bool {
		list.Drop(1) // would wait for ever if the list were held meanwhile
		return true
	})
	m, ok := list.Match([]string{"1"}, now)
	require.True(t, ok)
	require.EqualValues(t, 1, m.Row)
}

func TestAListKeepsNothingOfWhatItWasReadFrom(t *testing.T) {
	list := blacklist.New()
	read := make([]weak.Pointer[byte], 2)
	for i, kind := range []phone.EntryKind{phone.KindNumber, phone.KindPrefix} {
		part := strings.Repeat("bob@evil.example 1 all\n", 10000)
		read[i] = weak.Make(unsafe.StringData(part))
		list.Put(rule(int64(i+1), kind, phone.BlockAll, part[:16]))
	}
	runtime.GC()
	require.Nil(t, read[0].Value())
	require.Nil(t, read[1].Value())
	m, _ := list.Match([]string{"bob@evil.example"}, now)
	require.EqualValues(t, 1, m.Row)
}

func TestALongListGrowsAside(t *testing.T) {
	list := blacklist.New()
	const long = 3 << 16 // the next one does not fit
	require.NoError(t, list.Load(func(yield func(phone.Rule) error) error {
		for n := range int64(long) {
			if err := yield(rule(n+1, phone.KindNumber, phone.BlockAll, fmt.Sprint("+1", n))); err != nil {
				return err
			}
		}
		return nil
	}))
	var grown atomic.Bool
	var work sync.WaitGroup
	work.Go(func() {
		list.Put(rule(long+1, phone.KindNumber, phone.BlockAll, "1"))
		grown.Store(true)
	})
	for n := int64(0); !grown.Load(); n = (n + 7) % long {
		m, _ := list.Match([]string{fmt.Sprint("+1", n)}, now)
		require.Equal(t, n+1, m.Row)
	}
	work.Wait()
	m, _ := list.Match([]string{"1"}, now)
	require.EqualValues(t, long+1, m.Row)
}

// model is the list as its rules say it, slowly.
type model struct{ rules []phone.Rule }

func (m *model) drop(rows ...int64) {
	m.rules = slices.DeleteFunc(m.rules, func(r phone.Rule) bool { return slices.Contains(rows, r.Row) })
}

// score says how much a rule counts for an identity; 0 where it does not fit.
func score(r phone.Rule, numbers []string, at time.Time, known func(string) bool) (best int) {
	if !r.Expires.IsZero() && !r.Expires.After(at) {
		return 0
	}
	for _, n := range numbers {
		exact := slices.Contains(r.Numbers, n)
		switch {
		case r.Kind == phone.KindNumber && exact && r.Mode == phone.BlockAll:
			best = max(best, 1000)
		case r.Kind == phone.KindNumber && exact && r.Mode == phone.AllowVoicemails:
			best = max(best, 900)
		case r.Kind == phone.KindContact && exact && r.Mode == phone.BlockAll:
			best = max(best, 800)
		case r.Kind == phone.KindContact && exact:
			best = max(best, 700)
		case r.Kind == phone.KindNumber && exact:
			best = max(best, 600)
		case r.Kind == phone.KindContacts && known(n):
			best = max(best, 500)
		case r.Kind == phone.KindPrefix && strings.HasPrefix(n, r.Numbers[0]):
			best = max(best, len(r.Numbers[0]))
		}
	}
	return best
}

func TestListIsItsModel(t *testing.T) {
	numbers := []string{"+441", "+442", "+4421", "441", "1", "01", "001", "*1", "a@b", "+123456789012345", "+1234567890123456", "+999999999999999"}
	rapid.Check(t, func(t *rapid.T) {
		list, m := blacklist.New(), &model{}
		known := func(n string) bool { return len(n)%2 == 0 }
		list.SetContacts(known)
		one := rapid.SampledFrom(numbers)
		draw := func(t *rapid.T) phone.Rule {
			r := rule(rapid.Int64Range(1, 30).Draw(t, "row"), rapid.SampledFrom([]phone.EntryKind{
				phone.KindNumber, phone.KindContact, phone.KindPrefix, phone.KindContacts,
			}).Draw(t, "kind"), rapid.SampledFrom([]phone.Mode{phone.AllowVoicemails, phone.BlockAll}).Draw(t, "mode"))
			switch r.Kind {
			case phone.KindContacts:
				r.Mode = phone.LetThrough
				m.rules = slices.DeleteFunc(m.rules, func(other phone.Rule) bool { return other.Kind == r.Kind }) // there is one
			case phone.KindContact:
				r.Numbers = rapid.SliceOfNDistinct(one, 1, 4, rapid.ID[string]).Draw(t, "numbers")
			default:
				r.Numbers = []string{one.Draw(t, "number")}
				// Of those there is one for each number.
				m.rules = slices.DeleteFunc(m.rules, func(other phone.Rule) bool {
					same := other.Kind == r.Kind && slices.Equal(other.Numbers, r.Numbers)
					if same {
						list.Drop(other.Row)
					}
					return same
				})
				if r.Kind == phone.KindNumber && rapid.Bool().Draw(t, "through") {
					r.Mode = phone.LetThrough
				}
			}
			if rapid.Bool().Draw(t, "expires") {
				r.Expires = now.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "in")) * time.Second)
			}
			return r
		}
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				r := draw(t)
				m.drop(r.Row)
				m.rules = append(m.rules, r)
				list.Put(r)
			},
			"drop": func(t *rapid.T) {
				rows := rapid.SliceOfN(rapid.Int64Range(0, 31), 0, 3).Draw(t, "rows")
				m.drop(rows...)
				list.Drop(rows...)
			},
			"load": func(t *rapid.T) {
				require.NoError(t, list.Load(func(yield func(phone.Rule) error) error {
					for _, r := range m.rules {
						if err := yield(r); err != nil {
							return err
						}
					}
					return nil
				}))
			},
			"": func(t *rapid.T) {
				forms := rapid.SliceOfN(one, 0, 2).Draw(t, "forms")
				got, ok := list.Match(forms, now)
				best, found := 0, 0
				for _, r := range m.rules {
					n := score(r, forms, now, known)
					best = max(best, n)
					if r.Row == got.Row {
						found = n
					}
				}
				require.Equal(t, best != 0, ok)
				require.Equal(t, best, found, "row %d of %v", got.Row, m.rules)
			},
		})
	})
}

func TestListIsReadWhileItChanges(t *testing.T) {
	list := blacklist.New()
	list.Put(rule(1, phone.KindNumber, phone.BlockAll, "+442079460018"))
	var work sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		work.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if m, ok := list.Match([]string{"+442079460018"}, now); !ok || m.Row != 1 {
					t.Error("an entry that nobody touched was not found")
					return
				}
			}
		})
	}
	for n := range int64(3000) {
		list.Put(rule(2+n, phone.KindNumber, phone.BlockAll, fmt.Sprint("+1", n)))
		if n%3 == 0 {
			list.Drop(2 + n)
		}
	}
	close(stop)
	work.Wait()
}

func FuzzMatch(f *testing.F) {
	for _, seed := range []string{"+442079460018", "", "+", "0", "bob@evil.example", "*62#", "99999999999999999999", "\xff"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, listed, asked string) {
		list := blacklist.New()
		list.Put(rule(1, phone.KindNumber, phone.BlockAll, listed))
		m, ok := list.Match([]string{asked}, now)
		require.Equal(t, listed == asked && listed != "", ok && m.Row == 1)
	})
}
