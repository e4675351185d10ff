#pragma once
#include <glib-object.h>
#include <poppler.h>
#include <cairo.h>
#include <tesseract/capi.h>
#include <leptonica/allheaders.h>
