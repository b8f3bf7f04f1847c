package gateway

import (
	"encoding/json"
	"time"

	"github.com/callward/callward/phone"
)

// standing is where polling stands. The goroutine of poll owns it.
type standing struct {
	// Since is from when on texts are asked for, by the provider's clock.
	Since time.Time
	// Kept are those from then on that the phone has, by Ref.
	Kept map[string]time.Time

	saved bool
}

func (l *line) standingKey() string { return "text.gateway.standing." + string(l.gateway.ID) }

// standing reads where polling stands. It fails where the disk does.
func (l *line) standing() (*standing, error) {
	at := &standing{}
	if l.cfg.Settings != nil {
		text, err := l.cfg.Settings.Setting(l.ctx, l.standingKey())
		if err != nil {
			return nil, err
		}
		at.saved = text != "" && json.Unmarshal([]byte(text), at) == nil // what cannot be read was not written by us
	}
	if at.Since.IsZero() {
		at.Since = time.Now().Add(-lookBack)
	}
	if at.Kept == nil {
		at.Kept = map[string]time.Time{}
	}
	return at, nil
}

// fresh returns those that the phone does not have.
func (at *standing) fresh(list []phone.GatewayMessage) []phone.GatewayMessage {
	var fresh []phone.GatewayMessage
	for _, m := range list {
		if _, known := at.Kept[m.Ref]; !known {
			fresh = append(fresh, m)
		}
	}
	return fresh
}

// stand moves on beyond texts that the phone has, and keeps where that is.
func (l *line) stand(at *standing, kept []phone.GatewayMessage) {
	if at.saved && len(kept) == 0 {
		return
	}
	newest := at.Since
	for _, m := range kept {
		at.Kept[m.Ref] = m.Time
		if m.Time.After(newest) && m.Time.Before(time.Now().Add(lookBack)) { // a wrong one does not hide what is to come
			newest = m.Time
		}
	}
	if since := newest.Add(-overlap); since.After(at.Since) {
		at.Since = since
	}
	for ref, came := range at.Kept {
		if came.Before(at.Since) {
			delete(at.Kept, ref)
		}
	}
	at.saved = true
	if l.cfg.Settings == nil {
		return
	}
	text, err := json.Marshal(at)
	if err == nil {
		err = l.cfg.Settings.SetSetting(l.ctx, l.standingKey(), string(text))
	}
	if err != nil { // the next start asks for more than it needs to
		at.saved = false
		l.cfg.Log.Error("where a gateway stands not kept", "gateway", l.gateway.Name, "err", err)
	}
}
