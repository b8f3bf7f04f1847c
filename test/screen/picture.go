package screen

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
)

// Picture is a photograph of a screen.
type Picture struct{ *image.RGBA }

// Colour makes a colour of 0xRRGGBB.
func Colour(rgb uint32) color.RGBA {
	return color.RGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), 0xff}
}

// Part is a part of the picture, at the same place; it shares the pixels.
func (p *Picture) Part(r image.Rectangle) *Picture {
	return &Picture{p.SubImage(r).(*image.RGBA)}
}

// Same tells whether both show the same in r.
func (p *Picture) Same(q *Picture, r image.Rectangle) bool {
	r = r.Intersect(p.Rect).Intersect(q.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from, to := p.PixOffset(r.Min.X, y), p.PixOffset(r.Max.X-1, y)+4
		other := q.PixOffset(r.Min.X, y)
		if string(p.Pix[from:to]) != string(q.Pix[other:other+to-from]) {
			return false
		}
	}
	return true
}

// Areas returns the bounds of the connected areas of one colour that are at least so wide and so high, those that are
// higher up first. A filled button is such an area.
func (p *Picture) Areas(of color.RGBA, width, height int) []image.Rectangle {
	var areas []image.Rectangle
	seen := make([]bool, p.Rect.Dx()*p.Rect.Dy())
	var stack []image.Point
	visit := func(x, y int) {
		at := image.Pt(x, y)
		if i := (y-p.Rect.Min.Y)*p.Rect.Dx() + x - p.Rect.Min.X; at.In(p.Rect) && !seen[i] && p.RGBAAt(x, y) == of {
			seen[i] = true
			stack = append(stack, at)
		}
	}
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		for x := p.Rect.Min.X; x < p.Rect.Max.X; x++ {
			visit(x, y)
			var area image.Rectangle
			for len(stack) > 0 {
				at := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				area = area.Union(image.Rect(at.X, at.Y, at.X+1, at.Y+1))
				visit(at.X+1, at.Y)
				visit(at.X-1, at.Y)
				visit(at.X, at.Y+1)
				visit(at.X, at.Y-1)
			}
			if area.Dx() >= width && area.Dy() >= height {
				areas = append(areas, area)
			}
		}
	}
	return areas
}

// Middle is the middle of r.
func Middle(r image.Rectangle) image.Point { return r.Min.Add(r.Max).Div(2) }

// The numbers of the header of X's window dump, version 7 (XWDFile.h), that are read here; each has four bytes, the
// highest first.
const (
	dumpHeaderSize   = 0
	dumpVersion      = 1
	dumpWidth        = 4
	dumpHeight       = 5
	dumpByteOrder    = 7
	dumpBitsPerPixel = 11
	dumpBytesPerLine = 12
	dumpColours      = 19
	dumpHeader       = 25
	dumpColourSize   = 12
)

// form is how a window dump is laid out, in bytes but for width and height.
type form struct{ start, line, width, height int }

// parseHeader reads the begin of a window dump of 24 bits of colour, as Xvfb keeps it in its file.
func parseHeader(raw []byte) (f form, err error) {
	if len(raw) < 4*dumpHeader {
		return f, errors.New("the screen's file is too short")
	}
	number := func(i int) int { return int(binary.BigEndian.Uint32(raw[4*i:])) }
	if number(dumpVersion) != 7 || number(dumpBitsPerPixel) != 32 || number(dumpByteOrder) != 0 {
		return f, fmt.Errorf("the screen's file is not of the kind that is known: % x", raw[:4*dumpHeader])
	}
	f = form{number(dumpHeaderSize) + dumpColourSize*number(dumpColours), number(dumpBytesPerLine), number(dumpWidth), number(dumpHeight)}
	if f.line < 4*f.width {
		return f, errors.New("the screen's file has lines that are too short")
	}
	return f, nil
}

// decode reads a window dump.
func decode(raw []byte) (*Picture, error) {
	f, err := parseHeader(raw)
	if err != nil {
		return nil, err
	}
	if len(raw) < f.start+f.height*f.line {
		return nil, errors.New("the screen's file is too short")
	}
	p := &Picture{image.NewRGBA(image.Rect(0, 0, f.width, f.height))}
	for y := range f.height {
		from, to := raw[f.start+y*f.line:], p.Pix[y*p.Stride:]
		for i := 0; i < 4*f.width; i += 4 {
			to[i], to[i+1], to[i+2], to[i+3] = from[i+2], from[i+1], from[i], 0xff
		}
	}
	return p, nil
}
