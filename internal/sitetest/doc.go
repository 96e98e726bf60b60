// Package sitetest tests the built sites, this directory's and the example network's, as their visitors
// meet them: their pages by selector, and their search in a real Chromium. It has nothing but tests;
// `make test-browser` runs them.
package sitetest
