WITH r AS (SELECT repeat('𝄞', 200) AS c0, repeat('𝄞', 200) AS c1, repeat('𝄞', 200) AS c2,
repeat('𝄞', 200) AS c3, repeat('𝄞', 200) AS c4, repeat('𝄞', 200) AS c5, repeat('𝄞', 200) AS c6,
repeat('𝄞', 200) AS c7) SELECT r0.*, r1.*, r2.*, r3.*, r4.*, r5.*, r6.*, r7.*, r8.*, r9.*,
r10.*, r11.*, r12.*, r13.*, r14.*, r15.*, r16.*, r17.*, r18.*, r19.*, r20.*, r21.*, r22.*,
r23.*, r24.*, r25.*, r26.*, r27.*, r28.*, r29.*, r30.*, r31.*, r32.*, r33.*, r34.*, r35.*,
r36.*, r37.*, r38.*, r39.*, r40.*, r41.*, r42.*, r43.*, r44.*, r45.*, r46.*, r47.*, r48.*,
r49.*, r50.*, r51.*, r52.*, r53.*, r54.*, r55.*, r56.*, r57.*, r58.*, r59.*, r60.*, r61.*,
r62.*, r63.*, r64.*, r65.*, r66.*, r67.*, r68.*, r69.*, r70.*, r71.*, r72.*, r73.*, r74.*,
r75.*, r76.*, r77.*, r78.*, r79.*, r80.*, r81.*, r82.*, r83.*, r84.*, r85.*, r86.*, r87.*,
r88.*, r89.*, r90.*, r91.*, r92.*, r93.*, r94.*, r95.*, r96.*, r97.*, r98.*, r99.* FROM
generate_series(1, 900) AS n, r AS r0, r AS r1, r AS r2, r AS r3, r AS r4, r AS r5, r AS r6, r
AS r7, r AS r8, r AS r9, r AS r10, r AS r11, r AS r12, r AS r13, r AS r14, r AS r15, r AS r16, r
AS r17, r AS r18, r AS r19, r AS r20, r AS r21, r AS r22, r AS r23, r AS r24, r AS r25, r AS
r26, r AS r27, r AS r28, r AS r29, r AS r30, r AS r31, r AS r32, r AS r33, r AS r34, r AS r35, r
AS r36, r AS r37, r AS r38, r AS r39, r AS r40, r AS r41, r AS r42, r AS r43, r AS r44, r AS
r45, r AS r46, r AS r47, r AS r48, r AS r49, r AS r50, r AS r51, r AS r52, r AS r53, r AS r54, r
AS r55, r AS r56, r AS r57, r AS r58, r AS r59, r AS r60, r AS r61, r AS r62, r AS r63, r AS
r64, r AS r65, r AS r66, r AS r67, r AS r68, r AS r69, r AS r70, r AS r71, r AS r72, r AS r73, r
AS r74, r AS r75, r AS r76, r AS r77, r AS r78, r AS r79, r AS r80, r AS r81, r AS r82, r AS
r83, r AS r84, r AS r85, r AS r86, r AS r87, r AS r88, r AS r89, r AS r90, r AS r91, r AS r92, r
AS r93, r AS r94, r AS r95, r AS r96, r AS r97, r AS r98, r AS r99
