package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/assets"
)

// Every module that is built in has its licence in the program. Where this fails: go generate ./assets
func TestEveryModuleHasItsLicence(t *testing.T) {
	parts, err := modules()
	require.NoError(t, err)
	require.NotEmpty(t, parts)
	for _, p := range parts {
		require.Contains(t, assets.Licences, fmt.Sprintf("=== %s %s ", p.name, p.version))
	}
	require.Equal(t, len(parts)+1, strings.Count("\n"+assets.Licences, "\n=== "), "and that of Go, and no other")
}

func TestKind(t *testing.T) {
	for want, text := range map[string]string{
		"MIT":          "Permission is hereby granted, free of\ncharge, to any person",
		"BSD-2-Clause": "Redistribution and use in source and binary forms",
		"BSD-3-Clause": "Redistribution and use in source and binary forms\nNeither the name of",
		"Apache-2.0":   "Apache License\nRedistribution and use in source",
		"Other":        "All mine.",
	} {
		require.Equal(t, want, kind(text), text)
	}
}
