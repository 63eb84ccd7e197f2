package types

import (
	"fmt"
	"net/url"
	"unicode/utf8"
)

// CheckLocators returns an error unless the locators are 1 to MaxLocators base URLs of blob stores, http or https,
// each at most MaxLocator bytes long, without user, query and fragment.
func CheckLocators(locators []string) error {
	if len(locators) == 0 || len(locators) > MaxLocators {
		return problem("%d locators, want 1 to %d", len(locators), MaxLocators)
	}
	for i, l := range locators {
		if err := checkLocator(l); err != nil {
			return fmt.Errorf("locator %d: %w", i, err)
		}
	}
	return nil
}

func checkLocator(locator string) error {
	if len(locator) > MaxLocator || !utf8.ValidString(locator) {
		return problem("not a text of at most %d bytes", MaxLocator)
	}
	u, err := url.Parse(locator)
	switch {
	case err != nil:
		return problem("not a URL")
	case u.Scheme != "http" && u.Scheme != "https":
		return problem("scheme %q, want http or https", u.Scheme)
	case u.Hostname() == "":
		return problem("no host")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return problem("want a base URL without user, query and fragment")
	}
	return nil
}

// problem is an error that its caller wraps into a registered one.
func problem(format string, args ...any) error { return fmt.Errorf(format, args...) }
