package dev.spindle.engine.stamp;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.unroll.Unrolled;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Writes the fields of an event one behind the other. */
abstract class Line {

    private static final MethodTypeDesc WRITE =
            MethodTypeDesc.of(CD_int, ClassDesc.of(Event.class.getName()), CD_byte.arrayType(), CD_int);

    private static final ClassDesc BYTES = ClassDesc.of(Bytes.class.getName());
    private static final MethodTypeDesc PUT =
            MethodTypeDesc.of(CD_void, CD_byte.arrayType(), CD_int, CD_long);

    /** Writes all fields and returns where they end. */
    abstract int write(Event event, byte[] to, int at);

    /** A line of these fields: as code made for them, if they are not too many. */
    static Line of(List<Field> fields) {
        if (fields.size() > Unrolled.MOST_OBJECTS || bytecodes(fields) > Unrolled.MOST_BYTECODES) {
            return new Loop(fields.toArray(Field[]::new));
        }
        return Unrolled.of(
                MethodHandles.lookup(), Line.class, "write", WRITE, Field.class, fields, (body, objects) -> {
                    for (int i = 0; i < fields.size(); i++) {
                        putConstant(body, fields.get(i).before());
                        objects.load(body, i);
                        body.aload(1).aload(2).iload(3);
                        body.invokeinterface(ClassDesc.of(Field.class.getName()), "write", WRITE);
                        body.istore(3);
                    }
                    body.iload(3).ireturn();
                });
    }

    /** About how many bytes of code {@link #of} makes. */
    private static int bytecodes(List<Field> fields) {
        return fields.stream().mapToInt(f -> 16 * (f.before().length() / 8 + 2)).sum();
    }

    /** Bytes that are known now become numbers in the code, which writes them eight at a time without reading any. */
    private static void putConstant(CodeBuilder body, Bytes bytes) {
        for (int start = 0; start < bytes.length(); start += 8) {
            body.aload(2).iload(3).loadConstant(start).iadd();
            body.loadConstant(bytes.eight(start));
            body.invokestatic(BYTES, "put", PUT);
        }
        body.iinc(3, bytes.length());
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
                at = field.write(event, to, field.before().copyTo(to, at));
            }
            return at;
        }
    }
}
