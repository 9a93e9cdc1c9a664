package dev.spindle.engine.stamp;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.unroll.Unrolled;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Writes the fields of an event one behind the other. */
abstract class Line {

    private static final MethodTypeDesc WRITE =
            MethodTypeDesc.of(CD_int, ClassDesc.of(Event.class.getName()), CD_byte.arrayType(), CD_int);

    /** Writes all fields and returns where they end. */
    abstract int write(Event event, byte[] to, int at);

    /** A line of these fields: as code made for them, if they are not too many. */
    static Line of(List<Field> fields) {
        if (fields.size() > Unrolled.MOST_OBJECTS) {
            return new Loop(fields.toArray(Field[]::new));
        }
        return Unrolled.of(
                MethodHandles.lookup(), Line.class, "write", WRITE, Field.class, fields, (body, objects) -> {
                    for (int i = 0; i < fields.size(); i++) {
                        objects.load(body, i);
                        body.aload(1).aload(2).iload(3);
                        body.invokeinterface(ClassDesc.of(Field.class.getName()), "write", WRITE);
                        body.istore(3);
                    }
                    body.iload(3).ireturn();
                });
    }

    /** One behind the other, whatever they are. */
    private static final class Loop extends Line {
        private final Field[] fields;

        private Loop(Field[] fields) {
            this.fields = fields;
        }

        @Override
        int write(Event event, byte[] to, int at) {
            for (Field field : fields) {
                at = field.write(event, to, at);
            }
            return at;
        }
    }
}
