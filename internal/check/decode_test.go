package check

import (
	"encoding/json"
	"io/fs"
	"os"
	"reflect"
	"testing"

	"coops/internal/yamldoc"
)

// decodedByText decodes a document by way of JSON alone.
func decodedByText(f *file) (any, error) {
	data, err := json.Marshal(f.doc.Value)
	if err != nil {
		return nil, err
	}
	value := reflect.New(reflect.TypeOf(f.kind.value(f.id)))
	value.Elem().Set(reflect.ValueOf(f.kind.value(f.id)))
	err = json.Unmarshal(data, value.Interface())
	return value.Elem().Interface(), err
}

// eachFile calls test for every file of data/ and of the example of a network.
func eachFile(t *testing.T, test func(t *testing.T, f *file)) {
	for _, folder := range []string{"../..", "../../examples/network"} {
		fsys := os.DirFS(folder)
		files, _, err := list(fsys)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			data, err := fs.ReadFile(fsys, f.path)
			if err != nil {
				t.Fatal(err)
			}
			var problems any
			if f.doc, problems = yamldoc.Read(f.path, data); f.doc == nil {
				t.Fatalf("%s: %v", f.path, problems)
			}
			test(t, f)
		}
	}
}

func TestDecodingGivesWhatJSONGives(t *testing.T) {
	profiles := 0
	eachFile(t, func(t *testing.T, f *file) {
		got, err := f.decoded()
		want, errJSON := decodedByText(f)
		if err != nil || errJSON != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got  %+v %v\nwant %+v %v", f.path, got, err, want, errJSON)
		}
		if f.schema == "coop" {
			profiles++
			if !fill(reflect.ValueOf(f.kind.value(f.id)), f.doc.Value) {
				t.Errorf("%s is decoded by way of text", f.path)
			}
		}
	})
	if profiles < 100 {
		t.Errorf("only %d profiles were found", profiles)
	}
}

func TestDecodingWhatIsNotAsTheSchemaAsksGivesWhatJSONGives(t *testing.T) {
	for _, text := range []string{
		"name: 1", "name: [a]", "Name: a", "name: null", "summary: a", "summary: {en: 1}", "summary: {en: null}", "founded: a", "founded: 1.5", "founded: 99999999999999999999",
		"remote: 1", "remote: null", "remote: true", "languages: a", "languages: [1]", "languages: []", "languages: {}", "skills: [a, {skill: b}, {other: c, level: expert}]", "skills: [1]",
		"skills: [{skill: a, colour: b}]", "contact: []", "contact: {email: a}", "contact: null", "ended: 2014", "ended: \"2014\"", "ended: 2014-02-03", "ended: \"a\\\"b<\"", "ended: [a]",
		"locations: [{country: DE, coordinates: {latitude: 1, longitude: -0.5}}]", "locations: [{coordinates: {latitude: a}}]", "stewards: [{login: a, id: 18446744073709551615}]",
		"slug: a", "Slug: a", "-: a", "\"\": a", "unknown: a", "needs: [{skill: a, until: 2014}]", "- a",
	} {
		f := kinds[0].file("data/coops/fern.yaml")
		doc, problems := yamldoc.Read("p.yaml", []byte(text+"\n"))
		if doc == nil {
			t.Fatalf("%s: %v", text, problems)
		}
		f.doc = doc
		got, err := f.decoded()
		want, errJSON := decodedByText(f)
		if (err == nil) != (errJSON == nil) || err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got  %+v %v\nwant %+v %v", text, got, err, want, errJSON)
		}
	}
}
