-- The keys that statements are signed with. private_jwe is encrypted by a key outside of the
-- database, and goes when the key signs no more; the public half stays for as long as statements
-- are kept.
create table statement_key (
  kid           text primary key,
  public_jwk    text not null,
  private_jwe   text,
  created_at    timestamptz not null,
  signs_from    timestamptz not null,
  withdrawn_at  timestamptz
);
