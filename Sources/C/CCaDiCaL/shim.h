#pragma once
#include <ccadical.h>
