package main

import (
	"fmt"
	"time"

	"github.com/callward/callward/phone/control"
)

// historyLines is how many calls are printed for a person; --json has all.
const historyLines = 100

type historyCommand struct{ jsonFlag }

func (c historyCommand) Run(env *environment) error {
	var args control.History
	if !c.JSON {
		args.Limit = historyLines
	}
	var calls []control.CallRecord
	if err := env.do("history", args, &calls); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, calls)
	}
	var rows [][]string
	for _, call := range calls {
		result := "in progress"
		if call.Result != nil {
			result = string(*call.Result)
		}
		if call.Voicemail != "" {
			result += ", message"
		}
		rows = append(rows, []string{
			clock(&call.Started), string(call.Direction), party(call.Number), call.Name, result, talked(call), call.Account,
		})
	}
	return printTable(env.stdout, []string{"STARTED", "DIRECTION", "NUMBER", "NAME", "RESULT", "TALKED", "ACCOUNT"}, rows)
}

// talked returns how long a call was, from the answer on, as M:SS.
func talked(call control.CallRecord) string {
	if call.Answered == nil || call.Ended == nil {
		return ""
	}
	seconds := int(call.Ended.Sub(call.Answered.Time).Truncate(time.Second) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
