#pragma once
#include <libxml/xmlversion.h>
/* Keeps <unicode/utypes.h> out, which collides with Foundation's own ICU module. */
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
/* xmlFree is a mutable global function pointer, which Swift 6 refuses. */
static inline void interline_xml_free(void *p) { xmlFree(p); }
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
