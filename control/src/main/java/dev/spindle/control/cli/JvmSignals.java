package dev.spindle.control.cli;

import java.lang.reflect.Proxy;

/**
 * The process's signals, through the JDK's {@code sun.misc.Signal} (module jdk.unsupported). It is reached by reflection
 * because the compiler warns of it in a way that cannot be switched off; where it is missing, signals do what the JVM
 * makes of them.
 */
final class JvmSignals implements Signals {

    @Override
    public void on(Kind kind, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                if (method.getName().equals("handle")) {
                    action.run();
                    return null;
                }
                return switch (method.getName()) {
                    case "equals" -> self == args[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> kind.name();
                };
            });
            Object named = signal.getConstructor(String.class).newInstance(kind.name());
            signal.getMethod("handle", signal, handler).invoke(null, named, handling);
        } catch (ReflectiveOperationException e) {
            // An unknown signal on this system, or one that the JVM keeps for itself: its default action stays.
            return;
        }
    }
}
