package check

import (
	"strconv"
	"strings"

	"coops/schema"
)

// Pointers into a document are JSON pointers, RFC 6901; see also schema.Join and schema.Steps.

func item(pointer string, i int) string { return pointer + "/" + strconv.Itoa(i) }

// index returns the step as an index below length, or -1.
func index(step string, length int) int {
	n, err := strconv.Atoi(step)
	if err != nil || n < 0 || n >= length {
		return -1
	}
	return n
}

// lastName returns the last step of a pointer that is a key: what a message calls the value.
func lastName(pointer string) string {
	for pointer != "" {
		at := strings.LastIndexByte(pointer, '/')
		if strings.Trim(pointer[at+1:], "0123456789") != "" {
			return schema.Steps(pointer[at:])[0]
		}
		pointer = pointer[:at]
	}
	return ""
}
