#pragma once
#include <glib-object.h>
#include <poppler.h>
#include <cairo.h>
