meta:
  id: p2p_frame
  title: p2p.today 0.7, a stream of frames
  license: Apache-2.0
  endian: be
doc: |
  A stream of frames as a link carries it (protocol-spec, chapters 2 and 3). What Kaitai Struct cannot say stays in the
  clauses: the checksum is not compared (FRM-7), the codec of a body is not chosen by it (CMP-7 to CMP-9), and the
  limits are not applied (FRM-5, MPK-7). So a body offers its readings, and whoever uses this grammar takes the one whose
  checksum holds. For captures and tools; not for the bytes of strangers, since items nest by recursion.
seq:
  - id: frames
    type: frame
    repeat: eos
types:
  frame:
    seq:
      - id: len_body
        type: u4
        doc: FRM-1. The header.
      - id: body
        type: body
        size: len_body
  body:
    seq:
      - id: bytes
        size-eos: true
    instances:
      looks_like_zlib:
        value: |
          bytes.length >= 2 and (bytes[0] & 0x8f) == 8 and (bytes[0] * 256 + bytes[1]) % 31 == 0
          and (bytes[1] & 0x20) == 0
        doc: CMP-7. The magic of zlib, a pattern over two bytes.
      looks_like_gzip:
        value: bytes.length >= 3 and bytes[0] == 0x1f and bytes[1] == 0x8b and bytes[2] == 8
      looks_like_bz2:
        value: bytes.length >= 3 and bytes[0] == 0x42 and bytes[1] == 0x5a and bytes[2] == 0x68
      looks_like_lzma:
        value: bytes.length >= 3 and bytes[0] == 0xfd and bytes[1] == 0x37 and bytes[2] == 0x7a
      looks_like_lz4:
        value: bytes.length >= 3 and bytes[0] == 0x04 and bytes[1] == 0x22 and bytes[2] == 0x4d
      looks_like_zstd:
        value: bytes.length >= 3 and bytes[0] == 0x28 and bytes[1] == 0xb5 and bytes[2] == 0x2f
      raw:
        pos: 0
        size-eos: true
        type: plain_text
        doc: The body as it is.
      zlib:
        pos: 0
        size-eos: true
        process: zlib
        type: plain_text
        doc: The body undone by zlib. Reading it fails when the body is not zlib.
  plain_text:
    seq:
      - id: checksum
        size: 32
        doc: FRM-3. The SHA-256 of the bare message, and the message id (FRM-4).
      - id: bare_message
        type: message
        size-eos: true
  message:
    doc: MSG-1 to MSG-7. One array of at least three items.
    seq:
      - id: form
        type: u1
        valid:
          expr: (form & 0xf0) == 0x90 or form == 0xdc or form == 0xdd
      - id: count_long
        type:
          switch-on: form
          cases:
            0xdc: u2
            0xdd: u4
        if: form >= 0xdc
      - id: items
        type: item
        repeat: expr
        repeat-expr: '(form & 0xf0) == 0x90 ? form & 0x0f : count_long.as<u4>'
    instances:
      type:
        value: items[0].unsigned
        enum: opcode_as_type
      sender:
        value: items[1].bytes
      time:
        value: items[2].unsigned
      sub_flag:
        value: items[3].unsigned
        enum: opcode_as_sub_flag
        if: items.size > 3 and items[3].is_unsigned
      is_handshake:
        value: items.size == 8 and items[3].is_unsigned and items[3].unsigned == 0x05
      listed_codecs:
        value: items[7].array.items
        if: is_handshake
        doc: The codecs that the author of this handshake can read; items that are not integers are extensions.
  item:
    doc: MPK-1. One msgpack value in any form.
    seq:
      - id: form
        type: u1
        valid:
          expr: form != 0xc1
      - id: len_1
        type: u1
        if: form == 0xc4 or form == 0xc7 or form == 0xd9
      - id: len_2
        type: u2
        if: form == 0xc5 or form == 0xc8 or form == 0xda or form == 0xdc or form == 0xde
      - id: len_4
        type: u4
        if: form == 0xc6 or form == 0xc9 or form == 0xdb or form == 0xdd or form == 0xdf
      - id: ext_type
        type: s1
        if: (form >= 0xc7 and form <= 0xc9) or (form >= 0xd4 and form <= 0xd8)
      - id: number
        type:
          switch-on: form
          cases:
            0xca: f4
            0xcb: f8
            0xcc: u1
            0xcd: u2
            0xce: u4
            0xcf: u8
            0xd0: s1
            0xd1: s2
            0xd2: s4
            0xd3: s8
        if: form >= 0xca and form <= 0xd3
      - id: bytes
        size: length
        if: is_text or is_binary or is_ext
      - id: array
        type: array(length)
        if: is_array
      - id: map
        type: map(length)
        if: is_map
    instances:
      is_nil:
        value: form == 0xc0
      is_bool:
        value: form == 0xc2 or form == 0xc3
      is_unsigned:
        value: form <= 0x7f or (form >= 0xcc and form <= 0xcf)
      is_signed:
        value: form >= 0xe0 or (form >= 0xd0 and form <= 0xd3)
      is_float:
        value: form == 0xca or form == 0xcb
      is_text:
        value: (form & 0xe0) == 0xa0 or (form >= 0xd9 and form <= 0xdb)
      is_binary:
        value: form >= 0xc4 and form <= 0xc6
      is_ext:
        value: (form >= 0xc7 and form <= 0xc9) or (form >= 0xd4 and form <= 0xd8)
      is_array:
        value: (form & 0xf0) == 0x90 or form == 0xdc or form == 0xdd
      is_map:
        value: (form & 0xf0) == 0x80 or form == 0xde or form == 0xdf
      unsigned:
        value: 'form <= 0x7f ? form : number.as<u8>'
        if: is_unsigned
      length:
        value: >-
          form >= 0x80 and form <= 0x9f ? form & 0x0f :
          form >= 0xa0 and form <= 0xbf ? form & 0x1f :
          form >= 0xd4 and form <= 0xd8 ? 1 << (form - 0xd4) :
          form == 0xc4 or form == 0xc7 or form == 0xd9 ? len_1 :
          form == 0xc5 or form == 0xc8 or form == 0xda or form == 0xdc or form == 0xde ? len_2 : len_4
  array:
    params:
      - id: count
        type: u4
    seq:
      - id: items
        type: item
        repeat: expr
        repeat-expr: count
  map:
    params:
      - id: count
        type: u4
    seq:
      - id: entries
        type: entry
        repeat: expr
        repeat-expr: count
  entry:
    seq:
      - id: key
        type: item
      - id: value
        type: item
enums:
  opcode_as_type:
    # registry: opcodes as_type
    0x00: broadcast
    0x01: renegotiate
    0x02: whisper
    0x03: ping
    0x04: pong
    # end of registry
  opcode_as_sub_flag:
    # registry: opcodes as_sub_flag
    0x00: broadcast
    0x01: compression
    0x02: whisper
    0x03: ping
    0x04: pong
    0x05: handshake
    0x06: notify
    0x07: peers
    0x08: request
    0x09: resend
    0x0a: response
    0x0b: store
    0x0c: retrieve
    0x0d: retrieved
    0x0e: forward
    0x0f: new_paths
    0x10: revoke_paths
    0x11: delta
    # end of registry
  codec:
    # registry: codecs
    0x10: bz2
    0x11: gzip
    0x12: lzma
    0x13: zlib
    0x14: bwtc
    0x15: context1
    0x16: defsum
    0x17: dmc
    0x18: fenwick
    0x19: huffman
    0x1a: lzjb
    0x1b: lzjbr
    0x1c: lzp3
    0x1d: mtf
    0x1e: ppmd
    0x1f: simple
    0x20: snappy
    0x21: lz4
    0x22: zstd
    # end of registry
