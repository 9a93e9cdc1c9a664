package dev.spindle.sinks.eventhub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.EventData;
import org.junit.jupiter.api.Test;

class StockTest {

    private final Stock stock = new Stock();

    @Test
    void shouldUseAnObjectAgainForATextOfTheSameLengthOnceItIsGivenBack() {
        EventData first = event("one");
        EventData second = event("two");
        assertThat(second).isNotSameAs(first);
        stock.givenBack();
        EventData third = event("six");
        assertThat(third).isSameAs(first);
        assertThat(third.getBodyAsString()).isEqualTo("six");
        assertThat(second.getBodyAsString()).isEqualTo("two");
        assertThat(event("seven").getBodyAsString()).isEqualTo("seven");
    }

    @Test
    void shouldLeaveNothingOfTheEventBefore() {
        EventData first = event("one");
        first.getProperties().put("_spindle_seq", 1L);
        first.getRawAmqpMessage().getMessageAnnotations().put("x-opt-partition-key", "k");
        stock.givenBack();
        EventData again = event("two");
        assertThat(again).isSameAs(first);
        assertThat(again.getProperties()).isEmpty();
        assertThat(again.getRawAmqpMessage().getMessageAnnotations()).isEmpty();
    }

    @Test
    void shouldKeepNoMoreThanItsShare() {
        String text = "x".repeat(2_000);
        EventData[] events = new EventData[1_500];
        for (int i = 0; i < events.length; i++) {
            events[i] = event(text);
        }
        stock.givenBack();
        int again = 0;
        for (int i = 0; i < events.length; i++) {
            again += event(text) == events[i] ? 1 : 0;
        }
        assertThat(again).isEqualTo((2 << 20) / 2_000);
    }

    @Test
    void shouldMakeLongTextsAnew() {
        String text = "x".repeat(5_000);
        EventData first = event(text);
        stock.givenBack();
        assertThat(event(text)).isNotSameAs(first);
        assertThat(first.getBodyAsString()).isEqualTo(text);
    }

    private EventData event(String text) {
        byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
        return stock.event(bytes, 1, bytes.length - 2);
    }
}
