package dev.spindle.engine.row;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.spindle.engine.row.NumberSteps.Node;
import dev.spindle.engine.unroll.Unrolled;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * An arithmetic expression as code made for it. As objects that call each other it would be at the JIT compiler's mercy: a
 * product within a product is the same method within itself, which it may leave out of line, and then no call below it is
 * known.
 */
abstract non-sealed class FormulaCode implements Node {

    private static final ClassDesc CURSOR = ClassDesc.of(RowCursor.class.getName());
    /** The longest that the JIT compiler compiles into its caller (HotSpot's FreqInlineSize), less what a part may add. */
    private static final int MOST_PARTS = 325 / 10;

    /** What the expression is worth for the cursor's current row. */
    abstract double computed(RowCursor at);

    @Override
    public final double evaluate(RowCursor at) {
        return computed(at);
    }

    /** The same expression as code; itself when it is a single value, or so long that code would gain nothing. */
    static Node of(Node node) {
        int parts = parts(node);
        if (parts == 1 || parts > MOST_PARTS) {
            return node;
        }
        return Unrolled.of(
                MethodHandles.lookup(),
                FormulaCode.class,
                "computed",
                MethodTypeDesc.of(CD_double, CURSOR),
                Node.class,
                List.of(),
                (body, none) -> {
                    push(node, body);
                    body.dreturn();
                });
    }

    private static int parts(Node node) {
        return switch (node) {
            case NumberSteps.Binary binary -> 1 + parts(binary.left()) + parts(binary.right());
            case NumberSteps.ConstantNode c -> 1;
            case NumberSteps.ColumnNode c -> 1;
            case NumberSteps.WholeColumnNode c -> 1;
            case FormulaCode code -> 1;
        };
    }

    private static void push(Node node, CodeBuilder body) {
        switch (node) {
            case NumberSteps.ConstantNode constant -> body.loadConstant(constant.value());
            case NumberSteps.WholeColumnNode column -> value(column.slot(), body);
            case NumberSteps.ColumnNode column -> {
                value(column.slot(), body);
                body.loadConstant(column.power()).ddiv();
            }
            case NumberSteps.Binary binary -> {
                push(binary.left(), body);
                push(binary.right(), body);
                switch (binary) {
                    case NumberSteps.Sum s -> body.dadd();
                    case NumberSteps.Difference d -> body.dsub();
                    case NumberSteps.Product p -> body.dmul();
                    case NumberSteps.Quotient q -> body.ddiv();
                }
            }
            case FormulaCode code -> throw new IllegalArgumentException("the expression is code already");
        }
    }

    private static void value(int slot, CodeBuilder body) {
        body.aload(1).getfield(CURSOR, "values", CD_long.arrayType());
        body.loadConstant(slot).laload().l2d();
    }
}
