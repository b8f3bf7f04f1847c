package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// decodeRequest reads a line. The request that it returns beside an error has
// the ID where that could be read.
func decodeRequest(line []byte) (Request, error) {
	var req Request
	if err := decodeStrict(line, &req); err != nil {
		return Request{ID: req.ID}, malformed("The request cannot be read: %v.", err)
	}
	if req.Version != 0 && req.Version != Version {
		return req, invalid("version", "This program speaks version %d of the protocol, not %d.", Version, req.Version)
	}
	return req, nil
}

// decodeArgs reads a request's arguments into args; none at all leaves them as they are.
func decodeArgs(raw json.RawMessage, args any) error {
	if len(raw) == 0 {
		return nil
	}
	if err := decodeStrict(raw, args); err != nil {
		return malformed("The arguments cannot be read: %v.", err)
	}
	return nil
}

// decodeStrict decodes one JSON value and fails on a field that v does not
// have, so that a misspelt one is not passed over.
func decodeStrict(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("it is empty")
		}
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the value")
	}
	return nil
}

// encodeLine encodes v as one line. Angle brackets stay as they are: nothing
// here is put into a web page.
func encodeLine(v any) ([]byte, error) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return line.Bytes(), err
}
