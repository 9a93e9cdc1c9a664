package dev.spindle.sinks.eventhub;

/**
 * What all events of one batch share.
 *
 * @param partitionKey the service finds the partition by it; or null
 * @param partitionId the partition itself; or null
 */
record Address(String partitionKey, String partitionId) {

    /** Any partition: the service takes them in turn. */
    static final Address ANY = new Address(null, null);
}
