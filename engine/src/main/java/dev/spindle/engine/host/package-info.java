/** Whether this machine can keep a schedule: measured where it can be, read from the kernel's files where not. */
package dev.spindle.engine.host;
