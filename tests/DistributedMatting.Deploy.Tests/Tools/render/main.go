// Renders a Helm chart without Helm: README.md says how that is justified.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

func run(words []string) error {
	namespace, notes := "default", false
	given := values{}
	var plain []string
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "--show-notes":
			notes = true
		case "-n", "-f":
			if i+1 == len(words) {
				return fmt.Errorf("%s needs a value", words[i])
			}
			i++
			if words[i-1] == "-n" {
				namespace = words[i]
				continue
			}
			read, err := readYaml(words[i])
			if err != nil {
				return err
			}
			given = overlay(read, given)
		default:
			plain = append(plain, words[i])
		}
	}
	if len(plain) != 3 || plain[0] != "template" && plain[0] != "values" {
		return fmt.Errorf("say: render template|values NAME CHART [-n NAMESPACE] [-f VALUES]... [--show-notes]")
	}
	root, err := openChart(plain[2])
	if err != nil {
		return err
	}
	if plain[0] == "values" {
		return json.NewEncoder(os.Stdout).Encode(withDefaults(root, given))
	}
	e := newEngine(plain[1], namespace)
	if err := e.add(root, withDefaults(root, given), ""); err != nil {
		return err
	}
	text, err := e.write(notes)
	fmt.Print(text)
	return err
}

// overlay lays one file of values over another; null is kept, for it removes what the chart says.
func overlay(over, under values) values {
	merged := values{}
	for key, value := range under {
		merged[key] = value
	}
	for key, value := range over {
		inner, isMap := value.(values)
		below, wasMap := merged[key].(values)
		if isMap && wasMap {
			merged[key] = overlay(inner, below)
		} else {
			merged[key] = value
		}
	}
	return merged
}
