// Package workflowtest tests what GitHub runs: that the workflows keep to the rules that make them safe, and that their commands
// and scripts do what they are there for, by running them. It has nothing but tests.
package workflowtest
