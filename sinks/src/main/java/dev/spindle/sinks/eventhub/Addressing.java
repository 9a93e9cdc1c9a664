package dev.spindle.sinks.eventhub;

import java.util.List;
import java.util.function.Supplier;

/** Says where an event goes. */
sealed interface Addressing {

    /** Where an event with this key goes; {@code key} is null without a key column, with a null and with an empty key. */
    Address of(String key);

    /** Whether keys go along with single events, because their batch has none. */
    default boolean keysGoAlong() {
        return false;
    }

    /** What the settings ask for; {@code partitionIds} are asked of the service when they are needed. */
    static Addressing of(EventHubSettings settings, Supplier<List<String>> partitionIds) {
        if (settings.partition() != null) {
            return new OnePartition(new Address(null, settings.partition()));
        }
        return settings.mappedHere() ? new MappedHere(partitionIds.get()) : new ByTheService();
    }

    /** Everything to one partition. */
    record OnePartition(Address address) implements Addressing {
        @Override
        public Address of(String key) {
            return address;
        }
    }

    /** One batch for each key; the service maps keys to partitions. */
    record ByTheService() implements Addressing {
        @Override
        public Address of(String key) {
            return key == null ? Address.ANY : new Address(key, null);
        }
    }

    /**
     * One batch for each partition; keys are mapped to partitions here and go along as each event's annotation, which is
     * how Microsoft's buffered producer sends. The mapping is the same in every run with as many partitions, and is not
     * the service's own.
     */
    final class MappedHere implements Addressing {

        private final Address[] addresses;

        MappedHere(List<String> partitionIds) {
            addresses = partitionIds.stream().map(id -> new Address(null, id)).toArray(Address[]::new);
        }

        @Override
        public Address of(String key) {
            if (key == null) {
                return Address.ANY;
            }
            return addresses[Math.floorMod(mixed(key.hashCode()), addresses.length)];
        }

        @Override
        public boolean keysGoAlong() {
            return true;
        }

        /** MurmurHash3's finaliser: neighbouring numbers as keys must not become neighbouring partitions in turn. */
        private static int mixed(int hash) {
            int h = hash;
            h ^= h >>> 16;
            h *= 0x85ebca6b;
            h ^= h >>> 13;
            h *= 0xc2b2ae35;
            return h ^ h >>> 16;
        }
    }
}
