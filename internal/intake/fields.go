package intake

import (
	"slices"
	"strings"
	"sync"

	"coops/internal/check"
	"coops/internal/world"
	"coops/schema"
)

// A field is what a column or an answer can be about. Most are fields of a profile; some are parts of one,
// written with a dot, where a cell can hold no more.
type field struct {
	path  string // as after --map: website, contact.email, needs.learn
	kind  kind
	title string // the place in the schema whose title names it, too; empty: none does
	names string // other names that columns of this kind have, folded, one after the other with |
}

// kind is how the text of a cell is understood.
type kind int

const (
	asWords     kind = iota // as it is written, on one line
	asText                  // in a language, with its lines
	asList                  // several, as they are written
	asChoice                // one of the values that the schema names
	asInteger               // a number without decimals
	asYear                  // the year of a date, too
	asBoolean               // yes or no
	asDate                  // a day, or a year alone
	asAddress               // a web address
	asCountries             // names or codes
	asLanguages             // names or codes
	asSkills                // of the vocabulary, or other words
	asTaught                // of the vocabulary only: a list of maps
	asKnown                 // ids of skills, networks or sectors
	asPlaces                // a part of locations
	asContact               // an e-mail address or a form
	asLinks
)

// fields is everything a column can be about.
var fields = []field{
	{"slug", asWords, "", "id|identifier|identificador|identifiant"},
	{"name", asWords, "name", "name of the co-op|name of the cooperative|cooperative name|co-op name|coop name|cooperative|co-op|coop|organization|organisation|cooperativa|nombre de la cooperativa|organizacion|razon social|denominacion|entidad|nom de la cooperative|denomination|raison sociale|structure|nome da cooperativa|organizacao"},
	{"website", asAddress, "website", "web|site|url|web site|homepage|home page|web page|web address|website url|link|sitio|pagina|pagina web|direccion web|enlace|site internet|adresse web|lien|pagina na internet|endereco web"},
	{"kind", asChoice, "kind", "type|kind of co-op|type of co-op|tipo de cooperativa|type de cooperative"},
	{"status", asChoice, "status", "active|state of activity|situacion|statut|etat"},
	{"ended", asDate, "ended", "closed|year closed|cierre|fecha de cierre|fermeture|encerramento"},
	{"successor", asWords, "successor", ""},
	{"summary", asText, "summary", "tagline|slogan|one line|in one sentence|short description|descripcion corta|en una frase|description courte|en une phrase|descricao curta|em uma frase"},
	{"description", asText, "description", "about|about us|long description|acerca de|quienes son|a propos|presentation|sobre|apresentacao"},
	{"founded", asYear, "founded", "founded in|year founded|founding year|year of foundation|established|since|year|fundada|fundada en|ano|ano de fundacion|ano de creacion|creada en|desde|fondee en|annee|annee de creation|annee de fondation|creation|depuis|ano de fundacao|fundada em"},
	{"members", asInteger, "members", "number of members|member count|no. of members|size|socios|socias|asociados|asociadas|miembros|cantidad de integrantes|numero de integrantes|numero de socios|nombre de membres|societaires|cooperados|membros|numero de membros|numero de cooperados"},
	{"country", asPlaces, "locations/*/country", "countries|country code|paises|pais o paises|paises e regioes"},
	{"region", asPlaces, "locations/*/region", "state|province|state/province|provincia|departement|comunidad autonoma|uf"},
	{"place", asPlaces, "locations/*/place", "places|city|town|cities|location|locations|headquarters|ciudad|ciudades|lugar|lugares|sede|municipio|lieu|lieux|siege|commune|cidades"},
	{"latitude", asPlaces, "locations/*/coordinates/latitude", "lat"},
	{"longitude", asPlaces, "locations/*/coordinates/longitude", "lon|lng|long"},
	{"coordinates", asPlaces, "locations/*/coordinates", "geo|lat long|lat/long|lat, long|latlng|lat,lng|coords"},
	{"remote", asBoolean, "remote", "remote work|works remotely|distributed|remoto|trabajo remoto|teletrabajo|teletravail|distribuee|trabalho remoto"},
	{"serves", asCountries, "serves", "serves countries|atiende a"},
	{"languages", asLanguages, "languages", "language|spoken languages|working languages|idioma|lengua|lenguas|langue|langues parlees|lingua|linguas"},
	{"timezones", asList, "timezones", "timezone|time zone|zona horaria|huso horario|fuseau horaire|fuso horario"},
	{"networks", asKnown, "networks", "network|federation|federations|member of|red|federacion|federaciones|reseau|rede|federacao|membro de"},
	{"sectors", asKnown, "sectors", "sector|industry|industries|clients|rubro|rubros|secteur|setor"},
	{"skills", asSkills, "skills", "skill|services|service|expertise|areas|areas of work|areas of expertise|capabilities|focus|specialties|what they do|what we do|technologies|tech stack|stack|servicios|servicio|habilidades|saberes|competencias|especialidades|areas de trabajo|que hacen|que hace|tecnologias|competences|savoir-faire|prestations|specialites|domaines|ce qu'elle fait|servicos|o que fazem|o que faz|especialidade"},
	{"declines", asKnown, "declines", "declined|que no hacen|ce qu'elle ne fait pas|o que nao fazem"},
	{"teaches", asTaught, "teaches", "can teach|offers to teach|puede ensenar|ensenan|peut transmettre|enseigne|pode ensinar|ensinam"},
	{"needs.learn", asTaught, "", "wants to learn|want to learn|quiere aprender|quieren aprender|veut apprendre|quer aprender|querem aprender"},
	{"needs.work", asTaught, "", "needs done|needs work|necesita que le hagan|cherche prestataire|precisa contratar"},
	{"needs.partner", asTaught, "", "looks for partners|needs partners|partners wanted|busca socios para|cherche partenaire|procura parceria"},
	{"availability", asChoice, "availability", "available|disponible|disponivel"},
	{"contact", asContact, "contact", ""},
	{"contact.email", asContact, "", "email|e-mail|mail|email address|e-mail address|contact email|correo|correo electronico|email de contacto|courriel|adresse e-mail|adresse electronique|email de contato|correio eletronico"},
	{"contact.form", asContact, "", "contact form|contact page|formulario de contacto|formulaire de contact|formulario de contato"},
	{"links.code", asLinks, "", "code|github|gitlab|codeberg|repository|source code|codigo|repositorio|depot|codigo-fonte"},
	{"links.fediverse", asLinks, "", "fediverse|mastodon|fediverso"},
	{"links.matrix", asLinks, "", "matrix"},
	{"links.forum", asLinks, "", "forum|foro"},
	{"links.other", asLinks, "links", "other links|social media|facebook|instagram|linkedin|twitter|otros enlaces|redes sociales|autres liens|reseaux sociaux|outros links|redes sociais"},
	{"logo", asWords, "logo", ""},
	{"former_names", asList, "former_names", "former name|previous names|previous name|nombre anterior|ancien nom|nome anterior"},
	{"former_slugs", asList, "former_slugs", ""},
	{"listed_by", asChoice, "listed_by", ""},
	{"source.name", asWords, "", ""},
	{"source.url", asAddress, "", ""},
	{"source.licence", asWords, "", "source.license"},
	{"source.retrieved", asDate, "", ""},
	{"confirmed", asDate, "confirmed", "last confirmed|confirmed on|confirmada el|confirmee le|confirmada em"},
}

// Fields returns the names of everything a column or an answer can be about, in the order of a profile.
func Fields() []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.path
	}
	return names
}

// Field tells whether there is a field of that name (summary.es is summary in Spanish), and if not which
// one is nearest; "" means that none is near.
func Field(path string) (near string, known bool) {
	if _, _, ok := fieldAt(path); ok {
		return path, true
	}
	return check.Nearest(path, Fields()), false
}

// fieldAt returns the field of a path, and for a text the language that the path names.
func fieldAt(path string) (f field, language string, ok bool) {
	i := slices.IndexFunc(fields, func(f field) bool { return f.path == path })
	if i >= 0 {
		return fields[i], "", true
	}
	path, language, _ = strings.Cut(path, ".")
	i = slices.IndexFunc(fields, func(f field) bool { return f.path == path && f.kind == asText })
	if i < 0 || !world.IsLanguage(language) {
		return field{}, "", false
	}
	return fields[i], language, true
}

// guess returns the field that a column of that name is about.
func guess(column string) (f field, language string, ok bool) {
	if f, language, ok = fieldAt(strings.ToLower(strings.TrimSpace(column))); ok {
		return f, language, true
	}
	known := byName()
	name := bare(column)
	if path, ok := known[name]; ok {
		f, _, ok = fieldAt(path)
		return f, "", ok
	}
	if i := strings.LastIndexAny(name, " "); i > 0 { // Resumen (es), summary_en
		code, isLanguage := world.FindLanguage(name[i+1:])
		if path, ok := known[name[:i]]; ok && isLanguage {
			f, _, _ = fieldAt(path)
			return f, code, f.kind == asText
		}
	}
	return field{}, "", false
}

// bare returns the name of a column as it is compared.
func bare(column string) string {
	return world.Fold(strings.Map(func(r rune) rune {
		if strings.ContainsRune("_.:*?¿()[]", r) {
			return ' '
		}
		return r
	}, column))
}

// byName maps the names of columns to the fields they are about: the names above, the titles of the schema
// in every language, and the paths themselves.
var byName = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, f := range fields {
		for _, in := range schema.Codes() {
			if node, ok := nodeAt(in, f.title); ok {
				names[bare(node.Text("title"))] = f.path
			}
		}
	}
	for _, f := range fields { // what stands here is surer than a title
		for _, name := range append(strings.Split(f.names, "|"), f.path) {
			if name != "" {
				names[bare(name)] = f.path
			}
		}
	}
	return names
})

// nodeAt returns the place of the schema of co-ops that the names of fields lead to, with * for an entry.
func nodeAt(language, path string) (schema.Node, bool) {
	node := schema.RootIn(language, "coop")
	if path == "" {
		return node, false
	}
	for _, step := range strings.Split(path, "/") {
		next, ok := node.Field(step)
		if step == "*" {
			next, ok = node.Entry(map[string]any{})
		}
		if !ok {
			return node, false
		}
		node = next
	}
	return node, true
}
