#pragma once
#include <clamav.h>
// An OR of three macros is not imported into Swift.
static const unsigned int clamav_standard_database_options = CL_DB_STDOPT;
