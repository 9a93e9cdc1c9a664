package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import dev.spindle.engine.text.ComposedText;
import dev.spindle.engine.text.ListedText;
import dev.spindle.engine.text.PersonText;
import dev.spindle.engine.text.TextProvider;
import dev.spindle.engine.text.TextProviders;

/** Compiles columns of the {@code faker} strategy. */
final class TextCompiler {

    private final Scope scope;
    private final ColumnDefinition column;

    TextCompiler(Scope scope, ColumnDefinition column) {
        this.scope = scope;
        this.column = column;
    }

    Compiled faker(Strategy.Faker strategy) {
        TextProvider provider = scope.compiler().texts().find(strategy.provider()).orElseThrow(() ->
                new ConfigurationException(new Problem(
                        "tables." + scope.table().name() + ".columns." + column.name() + ".generator.provider",
                        strategy.provider(),
                        "is no provider of texts",
                        Suggestion.among(strategy.provider(), TextProviders.names()))));
        long key = scope.key(column.name(), "value");
        return switch (provider) {
            case ListedText listed -> Compiled.indexes(new Listed(listed, key), listed.dictionary());
            case PersonText person -> Compiled.text(person(person, key));
            case ComposedText composed -> {
                ComposedText fitting = column.maxLength() > 0 ? composed.within(column.maxLength()) : composed;
                yield Compiled.text(new Composed(fitting, key));
            }
        };
    }

    /** An address of the person whose name stands in the row, when it does. */
    private Step person(PersonText person, long key) {
        ColumnDefinition first = nameColumn("first_name");
        ColumnDefinition last = nameColumn("last_name");
        if (first == null || last == null) {
            return new Person(person, -1, null, -1, null, key);
        }
        return new Person(
                person,
                scope.slot(first.name()),
                scope.read(first.name()).dictionary(),
                scope.slot(last.name()),
                scope.read(last.name()).dictionary(),
                key);
    }

    private ColumnDefinition nameColumn(String provider) {
        for (ColumnDefinition other : scope.table().columns().values()) {
            if (other.strategy() instanceof Strategy.Faker faker && faker.provider().startsWith(provider)) {
                return other;
            }
        }
        return null;
    }

    private record Listed(ListedText text, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            return text.index(at.bits(key));
        }
    }

    private record Composed(ComposedText text, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            Event event = at.event;
            byte[] to = event.textWithRoomFor(text.maxBytes());
            int start = event.textLength;
            int length = text.append(at.bits(key), to, start);
            event.textLength = start + length;
            return Event.textValue(start, length);
        }
    }

    /** Dictionaries are null where the row has no such names. */
    private record Person(PersonText text, int first, Dictionary firstNames, int last, Dictionary lastNames, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            Event event = at.event;
            byte[] to = event.textWithRoomFor(text.maxBytes());
            int start = event.textLength;
            int length = text.append(
                    at.bits(key), at.row, firstNames, index(at, first), lastNames, index(at, last), to, start);
            event.textLength = start + length;
            return Event.textValue(start, length);
        }

        /** -1 draws a name of the provider's own: the row has none, or it is null. */
        private static int index(RowCursor at, int slot) {
            if (slot < 0) {
                return -1;
            }
            long value = at.values[slot];
            return value == NULL ? -1 : (int) value;
        }
    }
}
