/**
 * Realistic text of the United States: what the {@code faker} strategy's providers write.
 *
 * <p>Word lists come from the resource files of the datafaker library (Apache-2.0), read once when a table needs them;
 * none of its code runs. A provider is compiled from them into bytes and then writes a text that follows from a 64-bit
 * hash alone, without allocating. No text names a real mailbox, telephone line, host or social security number: see
 * {@link dev.spindle.engine.text.TextProviders}.
 */
package dev.spindle.engine.text;
