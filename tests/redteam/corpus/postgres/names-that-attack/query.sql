SELECT 1 AS U&"\001B[2J<script>", 2 AS U&"\202Edessap", 3 AS U&"\2066\0007"
