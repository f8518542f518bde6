#pragma once
#include <stdint.h>
#include <stdio.h>
#include <yara.h>
// What a callback is handed is a pointer to anything; of a rule only its name is of interest.
static inline const char *yara_rule_name(const void *rule) { return ((const YR_RULE *)rule)->identifier; }
static inline uint32_t yara_rule_count(const YR_RULES *rules) { return rules->num_rules; }
static inline const char *yara_rule_name_at(const YR_RULES *rules, uint32_t index) {
    return rules->rules_table[index].identifier;
}
static inline int yara_rule_is_private(const YR_RULES *rules, uint32_t index) {
    return (rules->rules_table[index].flags & RULE_FLAGS_PRIVATE) != 0;
}
