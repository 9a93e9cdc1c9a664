/** Events as Kafka records, by Kafka's own producer client. */
package dev.spindle.sinks.kafka;
