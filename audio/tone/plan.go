package tone

// plan is what a country's network plays to a caller.
type plan struct{ ringback, busy, congestion signal }

// signal is a sound and its cadence: milliseconds on and off in turn, an even
// number of them.
type signal struct {
	sound   sound
	cadence []int
}

// in gives s a cadence.
func (s sound) in(cadence ...int) signal { return signal{s, cadence} }

// recommended is the plan of countries that are not in plans (ITU-T E.180).
var recommended = plan{sum(425).in(1000, 4000), sum(425).in(500, 500), sum(425).in(250, 250)}

// plans are the countries' own tones by ISO 3166 code (E.180, supplement 2, and
// national specifications). Where a country specifies no congestion tone it is
// the busy tone at twice the pace; a level that varies within a tone is left
// out.
var plans = map[string]plan{
	"AT": {sum(420).in(1000, 5000), sum(420).in(400, 400), sum(420).in(200, 200)},
	"AU": {sum(413, 438).in(400, 200, 400, 2000), sum(425).in(375, 375), sum(425).in(375, 375)},
	"BE": {sum(425).in(1000, 3000), sum(425).in(500, 500), sum(425).in(167, 167)},
	"BR": {sum(425).in(1000, 4000), sum(425).in(250, 250), sum(425).in(250, 250, 750, 250)},
	"CA": {sum(440, 480).in(2000, 4000), sum(480, 620).in(500, 500), sum(480, 620).in(250, 250)},
	"CH": {sum(425).in(1000, 4000), sum(425).in(500, 500), sum(425).in(200, 200)},
	"CN": {sum(450).in(1000, 4000), sum(450).in(350, 350), sum(450).in(700, 700)},
	"CZ": {sum(425).in(1000, 4000), sum(425).in(330, 330), sum(425).in(165, 165)},
	"DE": {sum(425).in(1000, 4000), sum(425).in(480, 480), sum(425).in(240, 240)},
	"DK": {sum(425).in(1000, 4000), sum(425).in(500, 500), sum(425).in(200, 200)},
	"ES": {sum(425).in(1500, 3000), sum(425).in(200, 200), sum(425).in(200, 200, 200, 200, 200, 600)},
	"FI": {sum(425).in(1000, 4000), sum(425).in(300, 300), sum(425).in(200, 200)},
	"FR": {sum(440).in(1500, 3500), sum(440).in(500, 500), sum(440).in(250, 250)},
	"GB": {sum(400, 450).in(400, 200, 400, 2000), sum(400).in(375, 375), sum(400).in(400, 350, 225, 525)},
	"HU": {sum(425).in(1250, 3750), sum(425).in(300, 300), sum(425).in(300, 300)},
	"IE": {sum(400, 450).in(400, 200, 400, 2000), sum(425).in(500, 500), sum(425).in(250, 250)},
	"IN": {modulated(400, 25).in(400, 200, 400, 2000), sum(400).in(750, 750), sum(400).in(250, 250)},
	"IT": {sum(425).in(1000, 4000), sum(425).in(500, 500), sum(425).in(200, 200)},
	"JP": {modulated(400, 16).in(1000, 2000), sum(400).in(500, 500), sum(400).in(500, 500)},
	"NL": {sum(425).in(1000, 4000), sum(425).in(500, 500), sum(425).in(250, 250)},
	"NO": {sum(425).in(1000, 4000), sum(425).in(500, 500), sum(425).in(200, 200)},
	"NZ": {sum(400, 450).in(400, 200, 400, 2000), sum(400).in(500, 500), sum(400).in(250, 250)},
	"PL": {sum(425).in(1000, 4000), sum(425).in(500, 500), sum(425).in(500, 500)},
	"PT": {sum(425).in(1000, 5000), sum(425).in(500, 500), sum(425).in(200, 200)},
	"SE": {sum(425).in(1000, 5000), sum(425).in(250, 250), sum(425).in(250, 750)},
	"SG": {modulated(425, 24).in(400, 200, 400, 2000), sum(425).in(750, 750), sum(425).in(250, 250)},
	"US": {sum(440, 480).in(2000, 4000), sum(480, 620).in(500, 500), sum(480, 620).in(250, 250)},
	"ZA": {modulated(400, 33).in(400, 200, 400, 2000), sum(400).in(500, 500), sum(400).in(250, 250)},
}
