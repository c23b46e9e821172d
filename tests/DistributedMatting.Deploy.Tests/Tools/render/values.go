package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

// values is a YAML map.
type values = map[string]interface{}

// chart is a folder with a Chart.yaml.
type chart struct {
	folder       string
	meta         values
	defaults     values
	dependencies []*chart
	conditions   map[string]string // a dependency's name to the value that switches it
}

func readYaml(file string) (values, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	read := values{}
	if err := yaml.UnmarshalStrict(text, &read); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return read, nil
}

func openChart(folder string) (*chart, error) {
	meta, err := readYaml(filepath.Join(folder, "Chart.yaml"))
	if err != nil {
		return nil, err
	}
	opened := &chart{folder: folder, meta: meta, conditions: map[string]string{}}
	if opened.defaults, err = readYaml(filepath.Join(folder, "values.yaml")); err != nil {
		return nil, err
	}
	listed, _ := meta["dependencies"].([]interface{})
	for _, entry := range listed {
		dependency := entry.(values)
		name := dependency["name"].(string)
		child, err := openChart(filepath.Join(folder, "charts", name))
		if err != nil {
			return nil, err
		}
		if child.meta["version"] != dependency["version"] {
			return nil, fmt.Errorf("%s: version %v is asked for, and %v is there", name, dependency["version"], child.meta["version"])
		}
		opened.dependencies = append(opened.dependencies, child)
		opened.conditions[name], _ = dependency["condition"].(string)
	}
	return opened, nil
}

// coalesce lays what was given over what is there by itself; null removes.
func coalesce(given, standard values) values {
	merged := values{}
	for key, value := range standard {
		merged[key] = value
	}
	for key, value := range given {
		if value == nil {
			delete(merged, key)
			continue
		}
		over, isMap := value.(values)
		under, wasMap := merged[key].(values)
		if isMap && wasMap {
			merged[key] = coalesce(over, under)
		} else {
			merged[key] = value
		}
	}
	return merged
}

// withDefaults gives a chart its values, and its subcharts theirs below their names.
func withDefaults(of *chart, given values) values {
	merged := coalesce(given, of.defaults)
	for _, child := range of.dependencies {
		name := child.meta["name"].(string)
		own, _ := merged[name].(values)
		own = coalesce(own, values{})
		if global, ok := merged["global"]; ok {
			own["global"] = global
		}
		merged[name] = withDefaults(child, own)
	}
	return merged
}

// isOn says whether the value at a dotted path is not false; without a path it is on.
func isOn(all values, path string) bool {
	if path == "" {
		return true
	}
	var at interface{} = all
	for _, step := range strings.Split(path, ".") {
		inner, ok := at.(values)
		if !ok {
			return true
		}
		at = inner[step]
	}
	on, isBool := at.(bool)
	return !isBool || on
}
