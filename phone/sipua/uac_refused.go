package sipua

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// maxBriefs is how often an INVITE is sent anew for a 422.
const maxBriefs = 3

// inviteRefused takes a final answer to our INVITE that is no 2xx: it is sent
// anew where that may help.
func (d *dialog) inviteRefused(a *Attempt, res *sip.Response) {
	var again *sip.Request
	var err error
	switch {
	case isChallenge(res) && d.out.challenges < maxChallenges:
		d.out.challenges++
		again, err = d.ds.e.Authorize(a.Request, res)
	case res.StatusCode == statusIntervalTooSmall && d.out.briefs < maxBriefs:
		d.out.briefs++
		again = longer(a.Request, res)
	case res.StatusCode == sip.StatusServiceUnavailable && len(a.rest) > 0:
		d.out.attempt = nil
		d.place(func(ctx context.Context) (*Attempt, error) { return d.ds.e.Next(ctx, a) })
		return
	}
	if again == nil {
		d.finish(phone.DialogEnded{
			Cause: phone.EndRejected, Status: res.StatusCode, Text: printable(res.Reason),
			Redirect: redirects(res), Err: err,
		})
		return
	}
	d.out.attempt = nil
	clear(d.out.early)
	d.place(func(ctx context.Context) (*Attempt, error) { return d.ds.e.Send(ctx, again) })
}

// redirects returns the Contact URIs of a 3xx, by their q (RFC 3261, 20.10).
func redirects(res *sip.Response) []string {
	if !res.IsRedirection() {
		return nil
	}
	var contacts []*sip.ContactHeader
	for _, header := range res.GetHeaders("Contact") {
		if contact, ok := header.(*sip.ContactHeader); ok && !contact.Address.Wildcard {
			contacts = append(contacts, contact)
		}
	}
	slices.SortStableFunc(contacts, func(a, b *sip.ContactHeader) int { return cmp.Compare(quality(b), quality(a)) })
	var uris []string
	for _, contact := range contacts {
		uris = append(uris, contact.Address.String())
	}
	return uris
}

// quality returns the q of a Contact, 0 to 1; 1 where it has none.
func quality(contact *sip.ContactHeader) float64 {
	q, err := strconv.ParseFloat(contact.Params.GetOr("q", "1"), 64)
	if err != nil || q != q { // NaN
		return 1
	}
	return q
}

// longer returns req with the session interval that a 422 asks for, and the next
// CSeq (RFC 4028, 7.3); nil where it does not say one that is longer.
func longer(req *sip.Request, res *sip.Response) *sip.Request {
	least, ok := seconds(firstOf(res, "Min-SE", ""))
	asked, _ := seconds(firstOf(req, "Session-Expires", "x"))
	if !ok || least <= asked {
		return nil
	}
	again := req.Clone()
	for _, name := range []string{"Via", "Session-Expires", "Min-SE"} {
		for again.RemoveHeader(name) {
		}
	}
	again.CSeq().SeqNo++
	text := strconv.Itoa(int(least / time.Second))
	again.AppendHeader(sip.NewHeader("Session-Expires", text))
	again.AppendHeader(sip.NewHeader("Min-SE", text))
	return again
}
