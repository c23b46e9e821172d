package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

// source is one file of templates, with what its dot is.
type source struct {
	name string
	text string
	dot  values
}

type engine struct {
	root      *template.Template
	sources   []source
	namespace string
	release   string
}

// files is .Files: what lies in the chart's folder.
type files struct{ folder string }

func (f files) Get(name string) string {
	text, err := os.ReadFile(filepath.Join(f.folder, filepath.Clean("/"+name)))
	if err != nil {
		return ""
	}
	return string(text)
}

// versions is .Capabilities.APIVersions: everything that a chart may ask for is there.
type versions struct{}

func (versions) Has(string) bool { return true }

func newEngine(release, namespace string) *engine {
	e := &engine{root: template.New("chart").Option("missingkey=zero"), release: release, namespace: namespace}
	functions := sprig.TxtFuncMap()
	delete(functions, "env")
	delete(functions, "expandenv")
	for name, function := range e.helms() {
		functions[name] = function
	}
	e.root.Funcs(functions)
	return e
}

func (e *engine) helms() template.FuncMap {
	return template.FuncMap{
		"include": func(name string, dot interface{}) (string, error) {
			var out bytes.Buffer
			err := e.root.ExecuteTemplate(&out, name, dot)
			return out.String(), err
		},
		"tpl": func(text string, dot interface{}) (string, error) {
			all, err := e.root.Clone()
			if err != nil {
				return "", err
			}
			one, err := all.New("tpl").Parse(text)
			if err != nil {
				return "", err
			}
			var out bytes.Buffer
			err = one.Execute(&out, dot)
			return out.String(), err
		},
		"required": func(why string, value interface{}) (interface{}, error) {
			if text, isText := value.(string); value == nil || isText && text == "" {
				return nil, errors.New(why)
			}
			return value, nil
		},
		"fail":   func(why string) (string, error) { return "", errors.New(why) },
		"lookup": func(...string) values { return values{} },
		"toYaml": func(value interface{}) (string, error) {
			text, err := yaml.Marshal(value)
			return strings.TrimSuffix(string(text), "\n"), err
		},
		"fromYaml": func(text string) (values, error) {
			read := values{}
			return read, yaml.Unmarshal([]byte(text), &read)
		},
		"toJson": func(value interface{}) (string, error) {
			text, err := json.Marshal(value)
			return string(text), err
		},
		"fromJson": func(text string) (values, error) {
			read := values{}
			return read, json.Unmarshal([]byte(text), &read)
		},
	}
}

// add takes in a chart's templates and those of its subcharts that are on.
func (e *engine) add(of *chart, all values, place string) error {
	name := of.meta["name"].(string)
	place = path.Join(place, name)
	dot := values{
		"Values": all,
		"Chart":  values{"Name": name, "Version": of.meta["version"], "AppVersion": of.meta["appVersion"]},
		"Release": values{
			"Name": e.release, "Namespace": e.namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1,
		},
		"Capabilities": values{"KubeVersion": values{"Version": "v1.34.0", "Major": "1", "Minor": "34"}, "APIVersions": versions{}},
		"Files":        files{of.folder},
	}
	err := filepath.Walk(filepath.Join(of.folder, "templates"), func(file string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		inside, _ := filepath.Rel(of.folder, file)
		full := path.Join(place, filepath.ToSlash(inside))
		if _, err := e.root.New(full).Parse(string(text)); err != nil {
			return err
		}
		own := values{"Template": values{"Name": full, "BasePath": path.Join(place, "templates")}}
		e.sources = append(e.sources, source{full, string(text), coalesce(own, dot)})
		return nil
	})
	if err != nil {
		return err
	}
	for _, child := range of.dependencies {
		name := child.meta["name"].(string)
		if !isOn(all, of.conditions[name]) {
			continue
		}
		if err := e.add(child, all[name].(values), path.Join(place, "charts")); err != nil {
			return err
		}
	}
	return nil
}

// write renders everything that is no partial; the notes only if they are asked for.
func (e *engine) write(notes bool) (string, error) {
	sort.Slice(e.sources, func(i, j int) bool { return e.sources[i].name < e.sources[j].name })
	var out strings.Builder
	for _, from := range e.sources {
		base := path.Base(from.name)
		isNotes := base == "NOTES.txt"
		if strings.HasPrefix(base, "_") || isNotes && !notes {
			continue
		}
		var text bytes.Buffer
		if err := e.root.ExecuteTemplate(&text, from.name, from.dot); err != nil {
			return "", err
		}
		// As Helm does: what a missing value says is nothing.
		rendered := strings.ReplaceAll(text.String(), "<no value>", "")
		if strings.TrimSpace(rendered) == "" {
			continue
		}
		if isNotes {
			fmt.Fprintf(&out, "\nNOTES:\n%s\n", strings.TrimSpace(rendered))
			continue
		}
		fmt.Fprintf(&out, "---\n# Source: %s\n%s\n", from.name, strings.TrimSpace(rendered))
	}
	return out.String(), nil
}
