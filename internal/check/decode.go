package check

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"coops/internal/directory"
)

// decoded returns a document's value as what its kind of file becomes.
func (f *file) decoded() (any, error) {
	value := f.kind.value(f.id)
	if fill(reflect.ValueOf(value), f.doc.Value) {
		return value, nil
	}
	data, err := json.Marshal(f.doc.Value)
	if err != nil {
		return nil, err
	}
	value = f.kind.value(f.id)
	target := reflect.New(reflect.TypeOf(value)) // json wants to be handed a pointer, also to a map
	target.Elem().Set(reflect.ValueOf(value))
	return value, json.Unmarshal(data, target.Interface())
}

// fill sets a value of the domain to one of a document, as encoding/json would by way of text. False: that has to do it,
// and the value may be half set. So it is with null, a type or a key that is not the field's, and a type that it does not know.
func fill(to reflect.Value, from any) bool {
	switch to.Kind() {
	case reflect.Pointer:
		if to.IsNil() {
			to.Set(reflect.New(to.Type().Elem()))
		}
		return fill(to.Elem(), from)
	case reflect.Struct:
		return fillStruct(to, from)
	case reflect.Map:
		return fillMap(to, from)
	case reflect.Slice:
		list, ok := from.([]any)
		if ok {
			to.Set(reflect.MakeSlice(to.Type(), len(list), len(list)))
		}
		for i := 0; ok && i < len(list); i++ {
			ok = fill(to.Index(i), list[i])
		}
		return ok
	case reflect.String:
		text, ok := from.(string)
		if to.Type() == reflect.TypeFor[directory.Date]() {
			if number, isNumber := from.(json.Number); isNumber {
				text, ok = number.String(), true
			}
			ok = ok && strings.Trim(text, "0123456789-") == "" // it takes what is written, escapes and all
		}
		to.SetString(text)
		return ok
	case reflect.Bool:
		truth, ok := from.(bool)
		to.SetBool(truth)
		return ok
	case reflect.Int, reflect.Int64:
		number, _ := from.(json.Number)
		n, err := strconv.ParseInt(number.String(), 10, to.Type().Bits())
		to.SetInt(n)
		return err == nil
	case reflect.Float64:
		number, _ := from.(json.Number)
		n, err := number.Float64()
		to.SetFloat(n)
		return err == nil
	}
	return false
}

func fillStruct(to reflect.Value, from any) bool {
	if id, ok := from.(string); ok && to.Type() == reflect.TypeFor[directory.SkillUse]() { // the short form
		from = map[string]any{"skill": id}
	}
	m, ok := from.(map[string]any)
	fields := fields()[to.Type()]
	for key, value := range m {
		i, known := fields[key]
		if !known || !fill(to.Field(i), value) {
			return false
		}
	}
	return ok && fields != nil
}

func fillMap(to reflect.Value, from any) bool {
	m, ok := from.(map[string]any)
	if !ok || to.Type().Key().Kind() != reflect.String {
		return false
	}
	if to.IsNil() {
		to.Set(reflect.MakeMapWithSize(to.Type(), len(m)))
	}
	if text, ok := to.Interface().(directory.Text); ok { // most maps are
		for language, said := range m {
			if text[language], ok = said.(string); !ok {
				return false
			}
		}
		return true
	}
	for key, value := range m {
		of := reflect.New(to.Type().Elem()).Elem()
		if !fill(of, value) {
			return false
		}
		to.SetMapIndex(reflect.ValueOf(key), of)
	}
	return true
}

// fields are the fields of every struct of the domain by the names that they have in files.
var fields = sync.OnceValue(func() map[reflect.Type]map[string]int {
	all := map[reflect.Type]map[string]int{}
	var look func(t reflect.Type)
	look = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			look(t.Elem())
		case reflect.Struct:
			if all[t] != nil {
				return
			}
			all[t] = map[string]int{}
			for i := range t.NumField() {
				if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "-" && name != "" {
					all[t][name] = i
					look(t.Field(i).Type)
				}
			}
		}
	}
	for _, k := range kinds {
		look(reflect.TypeOf(k.value("")))
	}
	return all
})
