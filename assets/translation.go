package assets

import "embed"

// TranslationFolder is the folder in Translations.
const TranslationFolder = "translation"

// Translations are the texts of the window, as LANGUAGE.json by ISO 639 code, in the
// form that go-i18n reads. Each key is the text in English. A key with {{.A}} to {{.Z}} is a
// sentence of the phone with places that something is put into.
//
//go:embed translation/*.json
var Translations embed.FS

// Translation returns the texts of a language; it fails where there is none.
func Translation(language string) ([]byte, error) {
	return Translations.ReadFile(TranslationFolder + "/" + language + ".json")
}
