"""From hits to quotes: choosing, speakers, refusal, verifying."""
