package widget

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	_ "image/gif" // the formats that a picture may have
	_ "image/jpeg"
	_ "image/png"

	"golang.org/x/image/draw"
)

// maxSide is the most points that a side of a picture may have: a small file can claim more than memory holds.
const maxSide = 8192

// IsPicture tells whether data is a picture that can be shown.
func IsPicture(data []byte) bool {
	picture, err := decoded(data)
	return err == nil && picture != nil
}

func decoded(data []byte) (image.Image, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if head.Width > maxSide || head.Height > maxSide || head.Width < 1 || head.Height < 1 {
		return nil, errors.New("too large")
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	return picture, err
}

// round returns the middle of a picture as a disc of that many points across.
func round(picture image.Image, side int) image.Image {
	b := picture.Bounds()
	half := min(b.Dx(), b.Dy()) / 2
	middle := image.Pt((b.Min.X+b.Max.X)/2, (b.Min.Y+b.Max.Y)/2)
	square := image.Rectangle{middle.Sub(image.Pt(half, half)), middle.Add(image.Pt(half, half))}
	out := image.NewNRGBA(image.Rect(0, 0, side, side))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), picture, square, draw.Src, nil)
	r := float64(side) / 2
	for y := range side {
		for x := range side {
			dx, dy := float64(x)+0.5-r, float64(y)+0.5-r
			if dx*dx+dy*dy > r*r {
				out.SetNRGBA(x, y, color.NRGBA{})
			}
		}
	}
	return out
}
