#pragma once
#include <gmime/gmime.h>
/* The type-check macros are not imported into Swift. */
static inline int interline_is_multipart(void *o) { return GMIME_IS_MULTIPART(o); }
static inline int interline_is_message_part(void *o) { return GMIME_IS_MESSAGE_PART(o); }
static inline int interline_is_part(void *o) { return GMIME_IS_PART(o); }
static inline int interline_is_text_part(void *o) { return GMIME_IS_TEXT_PART(o); }
static inline int interline_is_mailbox(void *o) { return INTERNET_ADDRESS_IS_MAILBOX(o); }
