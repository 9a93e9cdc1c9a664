package dev.spindle.engine.text;

/** A text put together for each hash. */
public non-sealed interface ComposedText extends TextProvider {}
