/** Events to Azure Event Hubs, by Microsoft's own client. */
package dev.spindle.sinks.eventhub;
