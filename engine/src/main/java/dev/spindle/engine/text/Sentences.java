package dev.spindle.engine.text;

import java.util.Arrays;
import java.util.List;

/** Plain sentences such as people write into notes; the words are neutral, so that no draw of them offends. */
final class Sentences {

    private static final List<String> THINGS = words("""
            account adapter agreement alarm appointment battery bill bracket cable calendar carton case catalog
            certificate charge checklist connection connector contact container contract controller cover credit
            delivery deposit desk device discount display document door draft estimate fan file filter firmware folder
            form frame gateway handle hinge invoice item key label lamp letter license list lock log manual map meter
            module motor notice number offer order package pallet panel part password path payment permit phone photo
            plan plate policy port power price printer procedure profile project pump quote receipt record refund relay
            reminder repair replacement report request reservation route sample scanner schedule screen seal sensor
            service shelf shipment sign signal site statement station step subscription summary supply switch system
            tag tank task terminal test ticket timer tool tray unit update upgrade valve warranty window""");

    private static final List<String> QUALITIES = words("""
            annual backup basic broken central clean closed common complete current customized damaged daily dry early
            empty existing expected express extended extra final first fixed front full general heavy incoming initial
            internal large last late light local long lower main manual missing monthly narrow new next old open
            original outer partial planned portable previous primary printed public quarterly rear recent regional
            regular revised second secondary separate shared short signed single small spare standard temporary third
            updated upper usual weekly wide yearly""");

    private static final List<String> DONE = words("""
            accepted added adjusted approved archived assigned attached calibrated canceled changed checked cleaned
            closed collected compared completed confirmed connected copied corrected counted delayed delivered
            documented exchanged extended filed found inspected installed labeled listed loaded measured moved noted
            opened ordered packed paid picked posted prepared printed processed received recorded reduced registered
            released removed repaired replaced reported requested reset resolved restarted returned reviewed revised
            scanned scheduled sealed selected sent shipped signed sorted stored submitted tested tightened updated
            verified weighed""");

    private static final List<String> TO_DO = words("""
            adjust approve archive assign attach calibrate cancel change check clean close collect compare complete
            confirm connect copy correct count deliver document exchange extend file find inspect install label list
            load measure move note open order pack pay prepare print process record reduce register release remove
            repair replace report reset resolve restart return review revise scan schedule seal send ship sign sort
            store submit test tighten update verify weigh""");

    private static final List<String> WHEN = List.of(
            "this morning", "this afternoon", "yesterday", "last week", "last night", "on Monday", "on Tuesday",
            "on Wednesday", "on Thursday", "on Friday", "over the weekend", "earlier today", "at noon", "after lunch",
            "before closing", "two days ago", "at the start of the shift", "at the end of the shift", "by phone",
            "by e-mail", "on site", "at the front desk", "without delay", "as agreed", "as planned", "for the second time");

    private static final List<String> WHO = List.of(
            "The customer", "The technician", "The driver", "The supplier", "The office", "The manager", "The team",
            "The caller", "The owner", "The installer", "Support", "Accounting", "Dispatch", "Shipping", "Purchasing",
            "The night shift", "The day shift", "The contractor", "The inspector", "The help desk");

    private Sentences() {}

    static TextProvider word() {
        return new ListedText(THINGS);
    }

    static TextProvider sentence() {
        TextProvider thing = new ListedText(THINGS);
        TextProvider quality = new ListedText(QUALITIES);
        TextProvider done = new ListedText(DONE);
        TextProvider toDo = new ListedText(TO_DO);
        TextProvider when = new ListedText(WHEN);
        TextProvider who = new ListedText(WHO);
        return OneOf.way(0.30, joined("The ", quality, " ", thing, " was ", done, " ", when, "."))
                .or(0.20, joined(who, " asked us to ", toDo, " the ", quality, " ", thing, "."))
                .or(0.20, joined("Please ", toDo, " the ", thing, " and the ", quality, " ", thing, "."))
                .or(0.15, joined("The ", thing, " and the ", thing, " were ", done, " ", when, "."))
                .or(0.15, joined(who, " ", done, " the ", quality, " ", thing, " ", when, "."))
                .done();
    }

    /** Two to four sentences. */
    static TextProvider paragraph() {
        TextProvider sentence = sentence();
        return OneOf.way(0.4, joined(sentence, " ", sentence))
                .or(0.4, joined(sentence, " ", sentence, " ", sentence))
                .or(0.2, joined(sentence, " ", sentence, " ", sentence, " ", sentence))
                .done();
    }

    /** Providers and texts, which may be {@link Shape}s, one behind the other. */
    static Joined joined(Object... parts) {
        TextProvider[] texts = new TextProvider[parts.length];
        for (int i = 0; i < parts.length; i++) {
            texts[i] = parts[i] instanceof String shape ? new Shape(shape) : (TextProvider) parts[i];
        }
        return new Joined(texts);
    }

    private static List<String> words(String block) {
        return Arrays.asList(block.split("\\s+"));
    }
}
