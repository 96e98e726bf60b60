package sitetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func TestEventsAreListedInTheirOrderAndTimes(t *testing.T) {
	for _, in := range languages {
		page := example.page(t, in.prefix+"/events/")
		times := page.Find("section[aria-labelledby=coming] li").Map(func(_ int, e *goquery.Selection) string {
			return e.Find("time").First().AttrOr("datetime", "")
		})
		if len(times) < 2 {
			t.Fatalf("%s: %d events to come", in.id, len(times))
		}
		page.Find(".occasions li").Each(func(_ int, e *goquery.Selection) {
			link := e.Find("h3 a").AttrOr("href", "")
			one := example.page(t, link)
			var read struct {
				Type      string `json:"@type"`
				StartDate string
				Location  []struct{ Name, URL string }
				Organizer []struct{ Name string }
			}
			if err := json.Unmarshal([]byte(one.Find(`script[type="application/ld+json"]`).Text()), &read); err != nil {
				t.Errorf("%s: %v", link, err)
			}
			if read.Type != "Event" || read.StartDate != one.Find("time").First().AttrOr("datetime", "") || len(read.Location) == 0 || len(read.Organizer) == 0 {
				t.Errorf("%s: for machines it is %+v", link, read)
			}
		})
	}
	want(t, "hour", text(example.page(t, "/es/events/elixir-en-una-hora/").Find(".when")), "jueves, 15 de octubre de 2026, 15:00–16:00 (UTC−3)")
}

func TestDirectoryWithoutEventsOrRequestsSaysHowToBegin(t *testing.T) {
	for _, in := range languages {
		for address, anchor := range map[string]string{"/events/": "#announce", "/requests/": "#ask"} {
			page := ours.page(t, in.prefix+address)
			if page.Find(".occasions, .wanted").Length() > 0 {
				t.Skip("somebody has announced or asked for something")
			}
			want(t, in.prefix+address, page.Find("main .empty a").First().AttrOr("href", ""), anchor)
			if page.Find(anchor).Length() != 1 {
				t.Errorf("%s%s has no %s", in.prefix, address, anchor)
			}
		}
	}
}

func TestReadersSeeEventsByTheirOwnClock(t *testing.T) {
	v := visitor(t, example.server.URL)
	in := func(zone string) string {
		if _, err := chromedp.Call(v.ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone}); err != nil {
			t.Fatal(err)
		}
		v.visit("/es/events/trueque-odoo-flutter/")
		v.until(`document.readyState === "complete"`)
		return strings.Join(strings.Fields(evaluate[string](v, `[...document.querySelectorAll(".when__yours:not([hidden])")].map((e) => e.textContent).join()`)), " ")
	}
	want(t, "where the clock is the same", in("America/Montevideo"), "")
	if got := in("Asia/Tokyo"); !strings.HasPrefix(got, "en tu hora: viernes, 26 de febrero, 3:00") {
		t.Errorf("in Tokyo: %q", got)
	}
}

func TestCalendarsAreWhereTheirPagesAre(t *testing.T) {
	for _, in := range languages {
		found := 0
		for _, address := range []string{"/events/", "/networks/trama-austral/", "/languages/es/", "/events/trueque-odoo-flutter/"} {
			page := example.page(t, in.prefix+address)
			page.Find(`main a[type="text/calendar"]`).Each(func(_ int, link *goquery.Selection) {
				found++
				calendar := string(example.read(t, link.AttrOr("href", "")))
				if !strings.HasPrefix(calendar, "BEGIN:VCALENDAR\r\n") || !strings.Contains(strings.ReplaceAll(calendar, "\r\n ", ""), "URL:"+example.base+in.prefix+"/events/") {
					t.Errorf("%s%s: its calendar is\n%s", in.prefix, address, calendar)
				}
			})
		}
		want(t, in.id+" calendars", fmt.Sprint(found), "4")
		if calendar := string(ours.read(t, in.prefix+"/events/calendar.ics")); !strings.Contains(calendar, "END:VCALENDAR") {
			t.Errorf("a directory without events has no calendar to subscribe to: %q", calendar)
		}
	}
}

func TestRequestsNameWhoCouldAnswerAndHow(t *testing.T) {
	page := example.page(t, "/requests/pedidos-de-verdura/")
	want(t, "way to answer", page.Find("section[aria-labelledby=offer] a.button").AttrOr("href", ""), "mailto:hola@ocho-acequias.example")
	pairs := page.Find("section[aria-labelledby=could] .pairs > li")
	if pairs.Length() == 0 {
		t.Fatal("nobody could do it")
	}
	pairs.Each(func(_ int, e *goquery.Selection) {
		if e.Find(".reasons li").Length() == 0 || e.Find(".pairs__reach a").Length() != 1 {
			t.Errorf("without a reason or a way to write to: %q", text(e))
		}
	})
	if closed := example.page(t, "/requests/weavers-online-shop/"); closed.Find("#could").Length() > 0 || closed.Find("section[aria-labelledby=offer] a[href^=mailto]").Length() > 0 {
		t.Error("a request that was answered still asks")
	}
}
