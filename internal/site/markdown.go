package site

import (
	"bytes"
	"html"
	"net/url"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// markdownHTML renders a stranger's Markdown as HTML that is safe to put on a page as it is: raw HTML
// is shown as text, links carry rel="nofollow ugc noopener", headings stand below those of the page,
// and pictures, which would be fetched from elsewhere, become links.
func markdownHTML(text string) string {
	var b bytes.Buffer
	if err := markdown.Convert([]byte(text), &b); err != nil {
		return "<p>" + html.EscapeString(text) + "</p>"
	}
	return b.String()
}

var markdown = goldmark.New(goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(guarded{}, 1))))

// guarded renders the kinds of node that could do harm.
type guarded struct{}

func (g guarded) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHTMLBlock, g.htmlBlock)
	r.Register(ast.KindRawHTML, g.rawHTML)
	r.Register(ast.KindHeading, g.heading)
	r.Register(ast.KindLink, g.link)
	r.Register(ast.KindImage, g.image)
	r.Register(ast.KindAutoLink, g.autoLink)
}

func (guarded) htmlBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	block := n.(*ast.HTMLBlock)
	if entering {
		_, _ = w.WriteString("<p>")
		lines := block.Lines()
		for i := range lines.Len() {
			line := lines.At(i)
			_, _ = w.WriteString(html.EscapeString(string(line.Value(source))))
		}
	} else {
		if block.HasClosure() {
			_, _ = w.WriteString(html.EscapeString(string(block.ClosureLine.Value(source))))
		}
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}

func (guarded) rawHTML(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		segments := n.(*ast.RawHTML).Segments
		for i := range segments.Len() {
			segment := segments.At(i)
			_, _ = w.WriteString(html.EscapeString(string(segment.Value(source))))
		}
	}
	return ast.WalkSkipChildren, nil
}

// heading writes # and ## as h3: h1 and h2 belong to the page.
func (guarded) heading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	tag := []string{"h3", "h3", "h4", "h5", "h6", "h6"}[n.(*ast.Heading).Level-1]
	if entering {
		_, _ = w.WriteString("<" + tag + ">")
	} else {
		_, _ = w.WriteString("</" + tag + ">\n")
	}
	return ast.WalkContinue, nil
}

func (g guarded) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	g.anchor(w, n.(*ast.Link).Destination, entering)
	return ast.WalkContinue, nil
}

func (g guarded) image(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	g.anchor(w, n.(*ast.Image).Destination, entering)
	return ast.WalkContinue, nil
}

func (g guarded) autoLink(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	link := n.(*ast.AutoLink)
	target := link.URL(source)
	if link.AutoLinkType == ast.AutoLinkEmail {
		target = append([]byte("mailto:"), target...)
	}
	g.anchor(w, target, true)
	_, _ = w.WriteString(html.EscapeString(string(link.Label(source))))
	g.anchor(w, target, false)
	return ast.WalkContinue, nil
}

// anchor opens or closes a link. Only whole web and mail addresses are followed; of any other link
// the text alone stays.
func (guarded) anchor(w util.BufWriter, target []byte, entering bool) {
	u, err := url.Parse(string(target))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		return
	}
	if entering {
		_, _ = w.WriteString(`<a rel="nofollow ugc noopener" href="` + html.EscapeString(string(util.URLEscape(target, true))) + `">`)
	} else {
		_, _ = w.WriteString("</a>")
	}
}
