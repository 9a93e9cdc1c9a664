package dev.spindle.engine.column;

/**
 * One column of a table as the stages after generate see it.
 *
 * @param name the column's name
 * @param type how its value is to be read
 * @param scale fraction digits of {@link ColumnType#DECIMAL} and {@link ColumnType#FLOAT}, else 0
 * @param dictionary the texts of {@link ColumnType#DICTIONARY}, else null
 * @param key whether it is a primary or foreign key, which no anomaly may change
 */
public record Column(String name, ColumnType type, int scale, Dictionary dictionary, boolean key) {}
