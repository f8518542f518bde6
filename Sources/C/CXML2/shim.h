#pragma once
// libxml2's encoding.h includes ICU headers, which clash with Foundation's private ICU module.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
